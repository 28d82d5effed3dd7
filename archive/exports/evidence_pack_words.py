"""What an evidence pack says of itself: careful words, since they may be read out in a court.

The draft follows the Federal Rules of Evidence 902(13) and (14), in force since 1 December 2017, with the
notice that 902(11) asks for. Whoever changes it should read the rules anew.
"""

from __future__ import annotations

WHAT_IT_IS = (
    "This pack shows pages of documents as {archive} keeps them, with where each came from "
    "and how anybody can check it. It is not legal advice and not a certified copy, and it "
    "does not say that what stands on the pages is true. Each page is drawn whole and made a "
    "few percent smaller, so that the stamp below it covers nothing.{marks} The files "
    "themselves are unchanged, at the addresses in the list of files."
)
WITH_MARKS = " Yellow over words was added here: it shows what is cited, and is not in the files."
CHECKED = (
    "When this pack was made, {moment}, the archive computed the SHA-256 of each stored file "
    "anew. Each was the one in this list; otherwise the pack would not have been made."
)
HOW_TO_CHECK = (
    "To check a file, download it from its address and have its SHA-256 computed: sha256sum "
    "FILE on Linux, shasum -a 256 FILE on a Mac, certutil -hashfile FILE SHA256 on Windows. "
    "The same 64 signs are the same file, byte for byte. The pages in this pack are drawn "
    "anew, so that the hash is that of the file and not that of the pack."
)
LETTERS_MISSING = "[…] stands for letters that could not be printed here. The addresses show them."
ABOUT_CITATIONS = (
    "In the manner of the Bluebook for unpublished government documents. Courts have rules of"
    " their own: have the citations checked by who answers for the brief. Words are quoted as"
    " the page has them; at its address each citation can be checked again."
)
ABOUT_CUSTODY = (
    "What this archive has on record of each file, in order. Times are UTC. What happened "
    "before a file came here is as the agency’s release and the person who sent it in say."
)
DRAFT_TITLE = "Draft certification (Federal Rules of Evidence 902(13), 902(14))"
DRAFT_NOTE = (
    "A draft for a qualified person to read, correct and sign. Nothing is certified by its "
    "being printed here, and it is not legal advice. Whether a rule applies, and who is "
    "qualified, is for a lawyer to decide; state courts have rules of their own. The rules "
    "ask for written notice to the other side before the trial, with the record and the "
    "certification open to inspection (902(11)). A certification speaks to authenticity "
    "alone."
)
DRAFT = (
    (
        "I, ______________________________, am ______________________________ (position; training"
        " and experience by which I am qualified)."
    ),
    (
        "On ____________________ I downloaded the files that are listed under “Files and their "
        "hashes” from {address}, each from the address that is given there."
    ),
    (
        "I computed the SHA-256 value of each of these files with ______________________________ "
        "(program and version). I compared it with the value in the list. They are identical, "
        "with these exceptions: ______________________________."
    ),
    (
        "SHA-256 is a process of digital identification: it makes a value of 256 bits out of all "
        "bytes of a file. A file that differs in one byte has, for all that is known, another "
        "value."
    ),
    (
        "The pages of this exhibit were drawn out of these files by the archive’s software, an "
        "electronic process. I compared pages ______________________________ with the files. They"
        " show the same, apart from the stamp below each page{marks}: the process gave an "
        "accurate result."
    ),
    (
        "I declare under penalty of perjury under the laws of the United States of America that "
        "the foregoing is true and correct (28 U.S.C. § 1746)."
    ),
)
DRAFT_MARKS = " and the yellow over cited words"
SIGNED = (
    "Executed on ____________________",
    "Signature ______________________________",
    "Name ______________________________",
)
