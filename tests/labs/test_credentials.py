"""Whether programs that know nothing of this one find a certificate in order: over HTTP, with the keys it serves."""

import base64
import gzip
import json
import urllib.request
from datetime import timedelta
from importlib import resources

import jwt
import openbadgeslib.ob3
import pytest
from cryptography.hazmat.primitives import serialization
from django.core.management import call_command
from django.utils import timezone
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier, verify_endorsement_jwt
from openbadgeslib.verify import verify_badge

from cop.lib.errors import Refused
from labs.credentials import keys, status
from labs.models import Certificate, IssuerKey, StatusNumber
from labs.operations import certificates as operations
from labs.operations import issuer_keys, revocations
from tests.factories.certificates import certificate, issuer_key
from tests.factories.members import MemberFactory
from tests.factories.modules import learning_verbs


def got(address):
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - the server of this test
        return answer.read()


@pytest.fixture
def issued(live_server, settings, transactional_db):
    """A certificate on a server that listens, with its address as that of the site."""
    settings.SITE_URL = live_server.url
    learning_verbs()
    issuer_key()
    return certificate(MemberFactory(name="Zoë Ødegård"), by=MemberFactory(name="Adrian", audiences={"page": "public"}))


def file_of(issued, name, live_server):
    return got(f"{live_server.url}/certificates/{issued.code}/{name}")


def served_pem(live_server, kid):
    """The public key of this name in the served set."""
    client = jwt.PyJWKClient(f"{live_server.url}/certificates/keys.json")
    return client.get_signing_key(kid).key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def token_and_key(issued, live_server):
    token = file_of(issued, "credential.jwt", live_server).decode()
    return token, served_pem(live_server, jwt.get_unverified_header(token)["kid"])


def test_an_outside_verifier_accepts_the_credential_and_its_status(issued, live_server):
    token, pem = token_and_key(issued, live_server)

    found = OB3Verifier(pem).verify(token, check_status=True, verify_status_list=True, download=got)

    assert found.id == f"{live_server.url}/certificates/{issued.code}/"
    assert (found.issuer.id, found.achievement.name) == (f"{live_server.url}/certificates/issuer/", issued.title)
    assert [one.identity_hash for one in found.identifiers] == ["Zoë Ødegård"]
    assert found.expiration_date == issued.expires_at.replace(microsecond=0)
    assert len(found.evidence) == 2


@pytest.mark.parametrize("name", ["badge.png", "badge.svg"])
def test_an_outside_verifier_finds_the_credential_in_both_badges(issued, live_server, name):
    _, pem = token_and_key(issued, live_server)

    found = verify_badge(file_of(issued, name, live_server), pubkey_pem=pem, check_status=True, download=got)

    assert (found.valid, found.trusted, found.reason) == (True, True, None)


def test_the_reviewers_word_inside_is_signed_too(issued, live_server):
    token, pem = token_and_key(issued, live_server)
    (word,) = OB3Verifier(pem).verify(token).all_endorsement_jwts()

    found = verify_endorsement_jwt(word, endorser_pubkey_pem=pem)

    assert found["endorses"] == f"{live_server.url}/certificates/{issued.code}/"
    assert found["comment"].startswith("Adrian reviewed and accepted the work from the lab “Find secrets” on ")


def test_pyjwt_alone_verifies_it_by_the_address_in_its_header(issued, live_server):
    token = file_of(issued, "credential.jwt", live_server).decode()
    header = jwt.get_unverified_header(token)
    one_key = json.loads(got(header["kid"]))

    claims = jwt.decode(token, jwt.PyJWK(one_key).key, algorithms=["RS256"])

    assert header == {"alg": "RS256", "kid": one_key["kid"], "typ": "JWT"}
    assert set(one_key) == {"kty", "n", "e", "kid", "use", "alg"}
    assert (claims["iss"], claims["jti"]) == (claims["issuer"]["id"], claims["id"])
    assert claims["sub"] == claims["credentialSubject"]["id"]
    assert claims["exp"] - claims["nbf"] == int(issued.expires_at.timestamp()) - int(issued.issued_at.timestamp())


def test_a_revoked_one_is_refused_by_the_status_list_and_its_files_are_gone(issued, live_server):
    token, pem = token_and_key(issued, live_server)
    OB3Verifier(pem).verify(token, check_status=True, download=got)

    operations.revoke(issued, reason="Copied.", by=MemberFactory(is_staff=True))

    with pytest.raises(OB3VerificationError, match="status 'revocation' is set"):
        OB3Verifier(pem).verify(token, check_status=True, download=got)
    with pytest.raises(urllib.error.HTTPError, match="410"):
        file_of(issued, "credential.jwt", live_server)


def test_a_tampered_one_is_refused(issued, live_server):
    token, pem = token_and_key(issued, live_server)
    head, body, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    claims["credentialSubject"]["identifier"][0]["identityHash"] = "Somebody Else"
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()

    with pytest.raises(OB3VerificationError, match="Invalid signature"):
        OB3Verifier(pem).verify(f"{head}.{forged}.{signature}")


def test_an_expired_one_is_refused(issued, live_server):
    ended = timezone.now() - timedelta(days=1)
    Certificate.objects.update(issued_at=ended - timedelta(days=30), expires_at=ended)
    token, pem = token_and_key(issued, live_server)

    with pytest.raises(OB3VerificationError, match="expired"):
        OB3Verifier(pem).verify(token)


def test_what_the_old_key_signed_is_accepted_after_the_key_is_changed(issued, live_server):
    token, old = token_and_key(issued, live_server)
    call_command("rotate_issuer_key", "--json", verbosity=0)

    later, new = token_and_key(issued, live_server)

    assert old != new
    assert served_pem(live_server, jwt.get_unverified_header(token)["kid"]) == old
    OB3Verifier(old).verify(token)
    OB3Verifier(new).verify(later, check_status=True, verify_status_list=True, download=got)


def test_what_a_withdrawn_key_signed_is_accepted_by_nobody(issued, live_server):
    token, _ = token_and_key(issued, live_server)
    kid = jwt.get_unverified_header(token)["kid"]

    call_command("rotate_issuer_key", "--withdraw", verbosity=0)

    with pytest.raises(urllib.error.HTTPError, match="404"):
        got(kid)
    with pytest.raises(jwt.PyJWKClientError):
        served_pem(live_server, kid)
    new_token, new = token_and_key(issued, live_server)
    OB3Verifier(new).verify(new_token)


def test_every_word_in_the_credential_is_defined_by_the_contexts_that_it_names(issued, live_server):
    known = defined_words()
    token = file_of(issued, "credential.jwt", live_server).decode()
    claims = jwt.decode(token, options={"verify_signature": False})
    (word,) = claims["endorsementJwt"]
    listed = jwt.decode(got(claims["credentialStatus"]["statusListCredential"]).decode(),
                        options={"verify_signature": False})  # fmt: skip
    registered = {"iss", "sub", "nbf", "exp", "jti", "@context"}

    used = keys_in(claims) | keys_in(jwt.decode(word, options={"verify_signature": False})) | keys_in(listed)

    assert used - registered - known == set()


def test_the_credential_has_what_the_published_schema_requires(issued, live_server):
    made = json.loads(file_of(issued, "credential.json", live_server))

    assert made["@context"][:2] == [
        "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]  # fmt: skip
    assert made["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert {"id", "name", "issuer", "validFrom", "validUntil", "credentialSubject"} <= made.keys()
    assert {"id", "type", "name"} <= made["issuer"].keys()
    subject = made["credentialSubject"]
    assert subject["type"] == ["AchievementSubject"]
    assert {"id", "type", "criteria", "description", "name", "image"} <= subject["achievement"].keys()
    assert subject["achievement"]["criteria"].keys() == {"id", "narrative"}
    assert {one["type"][0] for one in made["evidence"]} == {"Evidence"}
    assert set(made["credentialStatus"]) == {
        "id", "type", "statusPurpose", "statusListIndex", "statusListCredential"
    }  # fmt: skip
    assert made["credentialSubject"]["identifier"] == [
        {"type": "IdentityObject", "hashed": False, "identityType": "name", "identityHash": "Zoë Ødegård"}
    ]


def test_the_credential_holds_no_address_and_no_handle_of_anybody(issued, live_server):
    text = file_of(issued, "credential.json", live_server).decode()

    assert issued.member.email not in text
    assert f"/members/{issued.member.handle}" not in text


def test_the_issuer_is_found_with_the_keys_that_speak_for_it(issued, live_server):
    issuer = json.loads(got(f"{live_server.url}/certificates/issuer/"))
    served = json.loads(got(f"{live_server.url}/.well-known/jwks.json"))["keys"]

    assert (issuer["id"], issuer["type"]) == (f"{live_server.url}/certificates/issuer/", ["Profile"])
    assert [one["publicKeyJwk"] for one in issuer["verificationMethod"]] == served
    assert issuer["assertionMethod"] == [one["kid"] for one in served]
    assert "d" not in served[0]


def defined_words():
    """Every term that the contexts of W3C and 1EdTech define, as the verifier's package carries them."""
    folder = resources.files(openbadgeslib.ob3) / "contexts"
    files = ("credentials-v2.json", "ob-v3p0-context-3.0.3.json", "ob-v3p0-extensions.json")
    return set().union(*(keys_in(json.loads((folder / name).read_text())) for name in files))


def keys_in(value):
    if isinstance(value, dict):
        return set(value).union(*(keys_in(one) for one in value.values()))
    return set().union(*(keys_in(one) for one in value)) if isinstance(value, list) else set()


# The status list


@pytest.mark.parametrize("indexes", [[], [0], [7, 8, 131_071]])
def test_the_list_has_131072_places_and_the_highest_bit_first(indexes):
    text = status.encoded(indexes)

    bits = gzip.decompress(base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4)))

    assert (text[0], len(bits)) == ("u", 16_384)
    assert openbadgeslib.ob3.set_indices(bits) == frozenset(indexes)


def test_a_number_beyond_the_first_list_stands_in_the_second():
    assert (status.place(131_071), status.place(131_072)) == ((0, 131_071), (1, 0))


def test_only_lists_in_which_somebody_stands_are_signed(db):
    issuer_key()
    assert revocations.signed_list(1) is None
    StatusNumber.objects.create(pk=131_072, revoked=True)

    found = jwt.decode(revocations.signed_list(1), options={"verify_signature": False})

    assert status.encoded([0]) == found["credentialSubject"]["encodedList"]
    assert revocations.signed_list(2) is None
    assert revocations.signed_list(10**40) is None


# Keys


def test_the_private_key_in_the_database_is_sealed_with_the_sites_secret(db, settings):
    row = issuer_key()
    keys.opened(row.sealed)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-secret-of-the-site-0123456789-abcdefghijklmnop"

    with pytest.raises(keys.CannotOpen):
        keys.opened(row.sealed)
    with pytest.raises(Refused, match="rotate_issuer_key"):
        issuer_keys.signer()

    settings.SECRET_KEY_FALLBACKS = [old]
    assert issuer_keys.signer().kid_address.endswith(f"/certificates/keys/{row.kid}/")


def test_the_name_of_a_key_is_its_thumbprint():
    # The example of RFC 7638, section 3.1
    n = (
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3okn"
        "jhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qM"
        "QvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJz"
        "KnqDKgw"
    )

    assert keys.thumbprint({"kty": "RSA", "e": "AQAB", "n": n}) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


def test_changing_the_key_destroys_the_old_private_one_and_a_dry_run_changes_nothing(db, capsys):
    old = issuer_key()
    call_command("rotate_issuer_key", "--dry-run", "--json")
    assert json.loads(capsys.readouterr().out) == {
        "retired": old.kid, "withdrawn": False, "new": "", "changed": False,
    }  # fmt: skip
    assert IssuerKey.objects.get() == old

    call_command("rotate_issuer_key")

    old.refresh_from_db()
    assert (old.sealed, old.retired_at is not None, old.withdrawn_at) == ("", True, None)
    assert IssuerKey.objects.get(retired_at=None).kid in capsys.readouterr().out
