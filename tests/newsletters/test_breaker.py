from newsletters.delivery.breaker import Breaker


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_one_silent_answer_keeps_it_closed_and_two_open_it_for_a_while():
    clock = Clock()
    breaker = Breaker(clock)

    breaker.no_answer()
    assert not breaker.is_open
    breaker.no_answer()
    assert breaker.is_open
    clock.now = 20.0
    assert not breaker.is_open


def test_each_further_silence_pauses_longer_up_to_a_limit():
    clock = Clock()
    breaker = Breaker(clock)

    pauses = []
    for _ in range(6):
        breaker.no_answer()
        pauses.append(max(0.0, breaker.until - clock.now))
        clock.now = max(clock.now, breaker.until)

    assert pauses == [0.0, 20.0, 30.0, 45.0, 45.0, 45.0]


def test_a_mail_that_arrives_forgets_the_silence():
    breaker = Breaker(Clock())
    breaker.no_answer()
    breaker.sent()

    breaker.no_answer()

    assert not breaker.is_open


def test_twenty_mails_put_off_in_a_row_pause_for_ten_seconds():
    clock = Clock()
    breaker = Breaker(clock)

    for _ in range(20):
        breaker.not_now()

    assert breaker.until == 10.0
