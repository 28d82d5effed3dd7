"""What exemption codes look like: patterns for one code each, and for what may follow it in a list."""

from __future__ import annotations

import re

_OPEN, _CLOSE = r"[(\[{]\s?", r"\s?[)\]}]"
_BETWEEN = rf"{_CLOSE}\s{{0,2}}{_OPEN}"
_FREE = r"(?<![^\W_])"  # no letter or digit before
_ENDS = r"(?![^\W_])"  # no letter or digit after
_DIGIT = r"(?P<digit>[1-9])(?!\d)"

# In (b)(7)(b)(6) the second b is no letter of the 7. Cells of a spreadsheet run on: b(7)(cb(6).
_LETTER = (
    rf"(?<=7)(?:{_BETWEEN}|X|{_CLOSE}|\s?{_OPEN})?(?P<letter>[A-F])(?:{_ENDS}|(?=b\())"
    rf"(?!(?<=b){_CLOSE} {{0,2}}{_OPEN}\d)"
)

FOIA = re.compile(
    # (b)(6; OCR layers often have X for ')('; (b)6); (b6)
    rf"(?:{_OPEN}b(?:{_BETWEEN}|X|[)\]}}](?=[1-9]\s?[()])|(?=[1-9]))"
    rf"|(?:{_FREE}|(?<=\([A-F]))b\s?{_OPEN})"  # b(6)
    rf"{_DIGIT}(?:{_LETTER})?(?:{_CLOSE})?",
    re.IGNORECASE,
)
BARE = re.compile(
    rf"(?<![\w.])b-?{_DIGIT}(?:(?<=7)(?:\s?[(\[]\s?|-)?(?P<letter>[A-F]){_ENDS}(?:\s?[)\]])?)?{_ENDS}",
    re.IGNORECASE,
)
PRIVACY_ACT = re.compile(
    r"[(\[]\s?(?P<part>[jkd])\s?[)\]]\s{0,2}[(\[]\s?(?P<digit>[1-7])(?!\d)(?:\s?[)\]])?", re.IGNORECASE
)
BARE_PRIVACY_ACT = re.compile(rf"(?<![\w.])(?P<part>[jk])(?P<digit>[1-7]){_ENDS}", re.IGNORECASE)
ORDER = r"(?:E\.?\s?O\.?|Executive\sOrder)\s?1(?:3526|3292|2958)"
CLASSIFICATION = re.compile(
    rf"(?<![\w.])(?:{ORDER}\s?[,:;]?\s?(?:as\samended\s?,?\s?)?)?(?:(?:§|Sections?|Secs?\.?)\s?)?"
    rf"(?:1\.4\s?[(\[]?\s?(?P<reason>[a-h]){_ENDS}(?:\s?[)\]])?"
    rf"|3\.3\s?[(\[]?\s?b(?:\s?[)\]])?\s?[(\[]?\s?(?P<after_25>[1-9])(?!\d)(?:\s?[)\]])?"
    rf"|(?P<review>3\.5)\s?[(\[]?\s?c{_ENDS}(?:\s?[)\]])?"
    r"|25X(?P<marked_25>[1-9])(?!\d))",
    re.IGNORECASE,
)

# What goes on with the code before: (b)(6),(7)(C); (b)(7)(C), (E); b6/7C; 1.4(b),(d).
NUMBER_ON = re.compile(rf"{_OPEN}{_DIGIT}(?:{_LETTER}|{_CLOSE})(?:{_CLOSE})?", re.IGNORECASE)
LETTER_ON = re.compile(
    rf"[(\[]\s?(?P<letter>[A-F])\s?[)\]](?!(?<=b.) {{0,2}}{_OPEN}\d)(?!\([a-z])", re.IGNORECASE
)
BARE_ON = re.compile(
    rf"(?P<digit>[1-9])(?:(?<=7)[(\[]?(?P<letter>[A-F]){_ENDS}[)\]]?)?{_ENDS}"
    r"(?=\s*(?:$|[-,;/&(\[]|b\d|and\b|or\b))",
    re.IGNORECASE,
)
REASON_ON = re.compile(r"[(\[]\s?(?P<reason>[a-h])\s?[)\]](?!\s?[(\[])", re.IGNORECASE)

# In a label 7(C) stands for (b)(7)(C), if nothing else stands in it.
SEVEN_ALONE = re.compile(rf"(?<![\w.])7(?:[(\[]\s?|-)?(?P<letter>[A-F]){_ENDS}(?:\s?[)\]])?", re.IGNORECASE)

# What stands beside (b)(5) and (b)(2), and in a label alone.
PRIVILEGES = (
    ("b5dpp", r"DPP|DP|(?i:deliberative(?:\sprocess)?|delib\.?\sprocess|delib\.?)(?i:\sprivilege)?"),
    ("b5acp", r"ACP|AC|(?i:attorney[-\s]?/?client(?:\sprivilege)?|atty[-\s]client)"),
    ("b5awp", r"AWP|WP|(?i:(?:attorney\s)?work[-\s]product(?:\sprivilege)?)"),
)
PRIVILEGE = re.compile(
    r"[(\[]?\s?(?<![A-Za-z0-9])(?:"
    + "|".join(f"(?P<{code}>{names})" for code, names in PRIVILEGES)
    + rf"){_ENDS}(?:\s?[)\]])?"
)
HIGH_LOW = re.compile(rf"[(\[]?\s?(?P<level>high|low){_ENDS}(?:\s?[)\]])?", re.IGNORECASE)
BESIDE = re.compile(r"\s{0,2}[-–—,:;/]?\s{0,2}(?:and\s|&\s?)?")  # between (b)(5) and what is beside it

# (b)(3):8 USC 1202(f); a (b)(6) after it is no part of the section.
STATUTE = re.compile(
    r"(?P<opened>[(\[])?\s?(?:per\s|under\s)?"
    r"(?:(?P<title>\d{1,2})\s?U\.?\s?S\.?\s?C\.?(?:\s?A\.?)?\s?(?:§{1,2}|sections?|secs?\.?|s\.)?\s?"
    r"(?P<section>\d{1,5}[a-z]{0,2}(?:[-–]\d{1,4})?(?:\s?\((?!b\)\s?\(\d)[a-z0-9]{1,4}\))*)"
    r"|P(?:ub)?\.?\s?L\.?\s?(?:No\.?\s?)?(?P<public>\d{2,3}[-–]\d{1,3}))",
    re.IGNORECASE,
)

# Right after these, brackets are a part of another law: 12(b)(6). Not after 552.
CITED = re.compile(r"(?<!552)(?<!552a)(?<=[0-9§])[a-z]?$")

GAP = re.compile(r"\s{0,3}(?:(?:[,;/&+|]|and\b|or\b)\s{0,3}){0,2}")
# The Federal Bureau of Investigation numbers its codes: b7C -1,2
NUMBERED = re.compile(r"\s?-\s?\d{1,2}(?:\s?,\s?\d{1,2}(?![\w(]))*(?![\w(])")

# ---- OCR takes letters and brackets for one another. Only where the text is known to come from OCR.

_JUNK = r"pPhHlIJjtf1|"
_OCR_LETTER = (
    r"(?:[MNXKJlI|]?[)\]}]?\s?[(\[{]\s?|[XKMN]|[)\]}])?(?P<letter>[A-Fa-fG€])(?![^\W_])"
    r"(?!(?<=[bB])[)\]} ]{1,2}[(\[{]\d)"
)
OCR_FOIA = re.compile(
    rf"(?<![^\W_])[(\[{{<|]?\s?(?P<b>[bB6hHOoD08&])"
    rf"(?:[{_JUNK}]?[)\]}}]?\s?[(\[{{]|[XxKMN]\(?|[{_JUNK}]?[)\]}}]\s?)"
    rf"(?P<digit>[1-9lISsGgTb?AZB]?)(?:{_OCR_LETTER})?[)\]}}]{{0,2}}(?![^\W_])"
)
OCR_BARE = re.compile(
    r"(?<![\w.(])(?P<b>[BD])(?:(?P<digit>[1-9lISGT?])|(?P<seven>[7T?])(?P<letter>[A-FG]))(?![\w)])"
)
OCR_DIGITS = {
    "l": "1", "I": "1", "S": "5", "s": "5", "G": "6", "g": "6", "b": "6", "T": "7", "?": "7", "A": "4",
    "Z": "2", "B": "8",
}  # fmt: skip
OCR_LETTERS = {"G": "c", "€": "e"}

# ---- Running text

# Where a list of codes may begin in running text. Each begins with few characters, so that it is quick.
SIGNALS = (
    re.compile(
        r"[(\[{]\s?(?:[bjkd](?:\s?[)\]}]\s{0,2}[(\[{]|X)\s?[1-9]|b[)\]}][67][()]|b[567][A-F)\]}])",
        re.IGNORECASE,
    ),
    re.compile(r"[bB](?<![^\W_][bB])[(\[{]\s?[1-9]\s?[)\]}]"),
    re.compile(r"[bB](?<=\([a-fA-F][bB])[(\[{]\s?[1-9]\s?[)\]}]"),
)
OCR_SIGNAL = re.compile(r"[(\[{]\s?[bB][pPhlIJ1]?(?:[)\]}]|[XKM])?\s?[(\[{]?[1-9SGlT?][)\]}MX]")
ORDER_NAMED = re.compile(ORDER, re.IGNORECASE)
ORDER_SECTION = re.compile(r"(?:1\.4|3\.[35]|25[xX])(?<![\w.]...)(?:\s?\(|(?<=[xX])[1-9])")
ORDER_ANCHORS = ("3526", "3292", "2958")
NAMED_ANCHORS = ("xemption", "XEMPTION")
_BARE_ONE = r"(?:[bB][1-9][A-Fa-f]?(?:\([A-Fa-f]\))?|1\.4\([A-Ha-h]\))"
BARE_LINE = re.compile(
    rf"^[ \t]*(?P<list>{_BARE_ONE}(?:[ \t]{{0,9}}[,;/&]?[ \t]{{0,9}}{_BARE_ONE})*)[ \t]*$", re.MULTILINE
)
_NUMBER = r"one|two|three|four|five|six|seven|eight|nine"
NAMED = re.compile(
    rf"\bexemptions?\s+(?:nos?\.\s?)?(?=b?[1-9(]|{_NUMBER})"
    r"(?P<list>(?:(?:,|\s|and\b|or\b|&|/)*(?:\(?b?[1-9]\)?(?:\(?[A-F]\)?)?(?![0-9A-Za-z(])"
    rf"|(?:{_NUMBER})\b(?:\([A-F]\))?))+)",
    re.IGNORECASE,
)
NAMED_ONE = re.compile(rf"(?P<digit>[1-9]|{_NUMBER})\)?(?:\(?(?P<letter>[A-F])\)?(?![a-z]))?", re.IGNORECASE)
NUMBER_WORDS = _NUMBER.split("|")
