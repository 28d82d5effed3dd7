"""Which passwords are taken: long enough, and not the first ones that anybody would guess.

No capitals, digits or signs are demanded (NIST SP 800-63B, 3.1.1): they make passwords that people forget.
"""

from __future__ import annotations

import unicodedata

SHORTEST, LONGEST = 12, 200

# The commonest ones of this length or longer, in published lists of leaked passwords.
COMMONEST = frozenset(
    """
    123456789012 1234567890123 12345678901234 123456789101 123456789123 1234567891011 12345678910111213
    0123456789012 123123123123 121212121212 112233445566 147258369147 123qweasdzxc 123456qwerty
    qwerty123456 qwertyuiop12 qwertyuiop123 qwertyuiop[] qwertyuiopasdf qwertyqwerty qwerty1234567
    qwertyuiopasdfghjkl 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qaz2wsx3edc 1qaz2wsx3edc4rfv qazwsxedcrfv
    zxcvbnm12345 asdfghjkl123 asdfghjklasdf password1234 password12345 password123456 password123!
    passwordpassword mypassword123 password2010 password2020 password2024 password2025 password2026
    passw0rd1234 p@ssw0rd1234 p@ssword1234 letmeinplease letmein12345 welcome12345 welcome123456
    iloveyou1234 iloveyou12345 iloveyousomuch iloveyouforever iloveyoubaby trustno1trustno1
    administrator administrator1 adminadminadmin admin1234567 admin12345678 changemechangeme
    changeme1234 changeme12345 correcthorsebatterystaple abcdefghijkl abcdefghijklm abcdefghijklmnop
    abcdefghijklmnopqrstuvwxyz abc123abc123 abcd1234abcd abc123456789 a123456789012 aa123456789012
    football1234 baseball1234 princess1234 sunshine1234 dragon123456 monkey123456 superman1234
    liverpoolfc1 manchesterunited unitedstates america12345 readingroom1 readingroom12 readingroom123
    reading-room secretsecret secret123456 thisismypassword ihatepasswords qweasdzxc123 qwe123qwe123
    asd123asd123 zaq12wsxcde3 zaq1zaq1zaq1 987654321098 098765432109 0987654321098 102030405060
    100200300400
    """.split()  # noqa: SIM905  a list of a hundred quoted words is harder to read
)


def plain_password(password: str) -> str:
    """One spelling for what looks alike: keyboards send an accented letter as one character or as two."""
    return unicodedata.normalize("NFKC", password)


def password_problem(password: str, email: str) -> str:
    """Why this cannot be the password of ``email``, as a sentence; empty when it can."""
    plain = plain_password(password)
    small = plain.casefold()
    if len(plain) < SHORTEST:
        return f"The password is too short: it needs at least {SHORTEST} characters."
    if len(plain) > LONGEST:
        return f"The password is too long: {LONGEST} characters are enough."
    if small.strip() == email.casefold() or email.casefold() in small:
        return "The password is or holds the mail address, which everybody knows."
    if small in COMMONEST or len(set(small)) < 4:
        return "This is one of the passwords that are guessed first."
    return ""
