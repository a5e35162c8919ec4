"""Code is readable: whatever class a lexer gives, its colour stands out from the ground of code, light and dark."""

import re

import pytest

from cop.lib.markdown import render
from tests.lib.test_colours import SHEETS, TOKENS, contrast

SAMPLES = {
    "python": '@cache\nclass A(B):\n    """Doc."""\n    def f(x: int = 0x1F) -> str:\n        return f"{x!r}\\n" # c\n',
    "bash": "#!/bin/bash\nexport A=\"$HOME/x\" && echo 'a' | grep -c 1 # c\nif [ 1 -eq 2 ]; then exit 3; fi\n",
    "yaml": "# c\n- name: x\n  port: 80\n  on: true\n  text: |\n    many\n  at: 2026-01-01\n  s: 'q'\n",
    "json": '{"a": [1, 2.5, true, null, "x"]}\n',
    "toml": '# c\n[a]\nb = "c"\nd = 1\ne = true\n',
    "dockerfile": '# c\nFROM python:3.12\nRUN pip install x\nCMD ["x"]\n',
    "diff": "--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n same\n",
    "html": '<!-- c --><a href="x">&amp; y</a>\n',
    "javascript": "// c\nconst a = async (b) => `x${b}` + /r/g.test('s') + 1e3;\n",
    "sql": "-- c\nSELECT a, count(*) FROM b WHERE c = 'x' AND d > 1;\n",
    "terraform": '# c\nresource "a" "b" {\n  count = 1\n  on = true\n}\n',
    "go": '// c\nfunc f(x int) string { return "a" + `b` }\n',
    "ini": "; c\n[a]\nb = c\n",
    "console": "$ ls -l\ntotal 0\n",
    "nginx": "# c\nserver { listen 80; return 301 https://x; }\n",
    "powershell": '# c\nGet-Item "x" | ForEach-Object { $_.Name }\n',
}
RULES = re.findall(
    r"pre (?:\[class\^=(\w+)\]|\.(\w+)) \{ color: var\(--([\w-]+)\)", SHEETS["components"] + SHEETS["site"]
)


def colour_of(name: str) -> str:
    """The token of the last rule that fits, as a browser reads the sheets."""
    fitting = [token for start, whole, token in RULES if name == whole or (start and name.startswith(start))]
    return fitting[-1]


def test_rules_for_code_are_found():
    assert {start or whole for start, whole, _ in RULES} >= {"c", "k", "s", "m", "gd", "gi"}


@pytest.mark.parametrize("language", SAMPLES)
def test_code_of_every_common_language_is_readable(language):
    html = render(f"```{language}\n{SAMPLES[language]}```").html

    for name in set(re.findall(r'<span class="([^"]+)">', html)):
        light, dark = TOKENS[colour_of(name)]
        assert contrast(light, TOKENS["sunken"][0]) >= 4.5, name
        assert contrast(dark, TOKENS["sunken"][1]) >= 4.5, name
    assert "style=" not in html
