"""The words by which contracts name their own parts: parties, recitals, definitions, signatures, schedules; English and Russian.

Pure functions on one line or paragraph of text. They know how contracts are drawn up, never where in a document they look:
`parts` asks them in context. Nothing here knows Word.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from redline.text import fold

from .terms import SURROUND, bare


class ClauseKind(StrEnum):
    """What a clause is to a lawyer."""

    CLAUSE = "clause"
    OPENING = "opening"
    """The text before all else: title, cover, date and place."""
    PARTIES = "parties"
    RECITALS = "recitals"
    DEFINITION = "definition"
    SCHEDULE = "schedule"
    """A schedule, annex, appendix, exhibit or attachment (Приложение)."""
    SIGNATURE = "signature"


_QUOTED = r"[\"“”„«'‘]\s*(?P<{0}>[^\"“”„«»]{{1,120}}?)\s*[\"“”»'’]"
_MEANS = (r"(?:shall |will )?(?:mean|include|refer to)s?\b|(?:has|have|shall have|bears?|is given|are given)\b[^.;]{0,40}?\bmeanings?\b"
          r"|(?:is|are)(?: as)? defined\b|означа(?:ет|ют)\b|понима(?:ет|ют)ся\b|име(?:ет|ют) (?:следующее )?значение\b"
          r"|(?:обозначает|обозначают|включает|включают)\b")
_ASIDE = r"(?:\s*\([^()]{1,80}\))?\s*,?\s*"
_SECOND = rf"(?:\s*(?:,|or|and|or the|,? also|или|и|либо)\s*(?:the\s*)?{_QUOTED.format('second')})?"
_STRONG = re.compile(rf"(?:the term |термин )?{_QUOTED.format('term')}{_SECOND}{_ASIDE}(?:{_MEANS})", re.IGNORECASE)
_WEAK = re.compile(rf"{_QUOTED.format('term')}{_SECOND}{_ASIDE}(?:[–—:-])", re.IGNORECASE)
_VERB = re.compile(rf"{_ASIDE}(?:{_MEANS})", re.IGNORECASE)
_SIGN = re.compile(rf"{_ASIDE}[–—:-]", re.IGNORECASE)
_BARE = re.compile(
    r"(?!(?:In|The following|The words|References?|Words|Any|Where|If|Each|For|Unless|Capitali[sz]ed|Terms|Headings|Слова|В|Если)\b)"
    r"(?P<term>[A-ZА-ЯЁ][^\s.,:;]*(?: [^\s.,:;]+){0,5}?)\s+(?:(?:shall |will )?means?\b|(?:has|have) the meanings?\b|означа(?:ет|ют)\b)")
_SET_OFF = re.compile(r"(?P<term>[A-ZА-ЯЁ][^:;.–—\"“«]{1,60}?)(?::|\s[–—-])\s+(?=\S)")
_DEFINITIONS = re.compile(r"\bdefinitions?\b|\bdefined terms?\b|\binterpretation\b|\bglossary\b|\bdefinice\b"
                          r"|\bтермины?\b|\bопределения?\b|\bпонятия?\b")
_CONTEXT = re.compile(
    r"\bfollowing (?:words|terms|expressions|definitions|capitali[sz]ed)\b|\bmeanings? (?:given|set out|ascribed|below)\b"
    r"|\bfollowing meanings?\b|\bследующ\w+ (?:термин\w*|поняти\w*|значени\w*|определени\w*)")
_PARTIES = frozenset(("parties", "the parties", "parties to this agreement", "the parties to this agreement", "details of the parties",
                      "стороны", "стороны договора", "contracting parties", "parties / стороны", "стороны / parties"))
_BETWEEN = frozenset(("between", "by and between", "by and among", "among", "made between", "between the parties", "между",
                      "заключен между", "between / между"))
_RECITALS = frozenset(("recitals", "recital", "background", "whereas", "the recitals", "preamble", "преамбула",
                       "предпосылки", "предыстория", "preambule", "recitals / преамбула", "background and recitals",
                       "preamble / преамбула"))
_ROLE = re.compile(
    r"\([^()]{0,60}[\"“«](?!(?-i:[A-Z]{2,5})[\"”])"
    r"(?![^\"”»]*(?:agreement|contract|page|terms|date|form|amount|addendum|schedule|services|policy|documents?|board|договор|соглашение|дата)\b)"
    r"[^\"”»]{2,60}[\"”»][^()]{0,40}\)", re.IGNORECASE)
_MADE = re.compile(r"\b(?:is|was|are|be) (?:made|entered|executed|concluded|dated|effective)"
                   r"|\bmade and entered\b|\bby and (?:between|among)\b"
                   r"|\bthis [\w -]{3,60} (?:is )?between\b|\bhereinafter\b|\bentered into\b")
_NAMED = re.compile(r"\bименуем\w+|\bс одной стороны\b|\bс другой стороны\b|^(?:we, )?the undersigned\b|^мы, нижеподписавшиеся\b")
_SIGNING = re.compile(
    r"(?!electronic|digital)(?:[^\W\d_]+ ){0,2}signatures?(?: (?:page|block)s?)?(?: (?:of|for|to|by) (?:the )?.{1,40})?"
    r"|execution(?: (?:page|block)s?)?|signatories"
    r"|(?:details|addresses) and signatures?(?: of the parties)?|acceptance and signatures?|signatures? and (?:date|seal|details)s?"
    r"|signed by the parties|adoption and signatures?")
_SIGNING_RU = re.compile(r"(?:подписи|реквизиты|адреса)\b.{0,60}")
_WITNESS = re.compile(
    r"in witness (?:whereof|hereof|thereof)|as witness\b"
    r"|the (?:parties|undersigned)(?: hereto)? have(?: each)? (?:duly )?(?:executed|signed|caused)"
    r"|by (?:signing|executing) (?:this|below)|agreed (?:to )?(?:and accepted|as of)|(?:acknowledged|accepted),? and (?:agreed|accepted)"
    r"|signed (?:for and on behalf|and delivered|by|as a deed)|executed (?:as (?:a deed|an agreement)|and delivered|by)\b"
    r"|this (?:agreement|deed|contract|document)(?: is| has been)(?: duly)? (?:entered into|executed|signed|delivered)"
    r"|(?:signed|executed) for and on behalf|for and on behalf of|в удостоверение|в подтверждение чего|подписано (?:от имени|сторонами)")
_CUE = re.compile(r"(?:by|signed|signature(?: of [\w ]{1,30})?|authori[sz]ed (?:signature|signatory)|sign here|/s/|подпись)"
                  r"\s*(?::|[_.…]{3,}|$)"
                  r"|_{4,}\s*/|[_.…]{6,}.{0,60}$|.{0,80}\bм\.\s?п\.$|/\s*_{4,}")
_DETAIL = re.compile(r"(?:(?:print(?:ed)? |signatory )?name|name and (?:title|position)|title|position|date|company|its"
                     r"|должность|ф\.?и\.?о\.?|дата"
                     r"|инн|р/с|огрн)\b\s*(?::|[_.…]{3,}|$|[/\d\s_]{3,}|and\b|и\b)")
_BLANK = re.compile(r"(?:[_.…]{6,}[\s/|]*)+(?:\([^()]{1,40}\)[\s/|]*)*")
_ASKED = re.compile(r"\b(name|title|position|signature|signed|должность|подпись|ф\.?\s?и\.?\s?о)\b\.?\s*:?\s*[_.…]{3,}")
_SCHEDULE = re.compile(r"(?:schedule|exhibit|annex(?:ure)?|appendix|attachment|addendum|приложение)\b")
_ATTACHED = re.compile(
    r"(?:(?:schedule|exhibit|annex(?:ure)?|appendix|attachment)\s+(?:no\.?\s*)?\w{1,4}(?=\s+to\s+(?:the|this|that)\b)"
    r"|приложение\s*(?:№\s*)?\w{1,4}(?=\s+к\s+(?:настоящ\w+\s+)?(?:договор|соглашени|контракт)))", re.IGNORECASE)
_LONGEST_TERM = 7
"""Words in a term that neither quotes nor type set off."""


def defined_term(text: str, lead: str, *, context: bool) -> str:
    """The term that a paragraph defines, or "". `lead` is the bold or underlined beginning of the text, with any quotes.

    A quoted or set-off term followed by "means", "has the meaning", «означает» is a definition anywhere; one that is followed by
    a dash or a colon, and a bare capitalised one, only in the `context` of a definitions clause.
    """
    head = text[:400].lstrip()
    if not head:
        return ""
    if head[0] in "\"“”„«'‘tTтТ":
        found = _STRONG.match(head) or (_WEAK.match(head) if context else None)
        if found is not None:
            second = found.group("second")
            return _term(found["term"]) + (f", {_term(second)}" if second else "")
    lead = lead.strip()
    if lead and len(lead) <= 100 and head.startswith(lead) and len(head) > len(lead):
        rest = head[len(lead):]
        if _VERB.match(rest) or (context and (_SIGN.match(rest) or lead[-1] in ":–—")):
            return _term(lead)
    found = (_BARE.match(head) or _SET_OFF.match(head)) if context else None
    return _term(found["term"]) if found is not None and len(found["term"].split()) <= _LONGEST_TERM else ""


def _term(text: str) -> str:
    return " ".join(text.split()).strip("\"“”„«»'‘’ .,:;–—-")


def plain_term(text: str) -> str:
    """The term in the first cell of a row that defines it; "" where it is none."""
    term = _term(text)
    return term if term[:1].isalpha() and text.rstrip()[-1:] not in ".;" else ""


def heads_definitions(heading: str) -> bool:
    """Whether a heading says that definitions follow."""
    return len(heading) <= 100 and bool(_DEFINITIONS.search(fold(heading)))


def defines(text: str) -> bool:
    """Whether a sentence says that definitions follow."""
    return bool(_CONTEXT.search(fold(text[:400])))


def names_parties(text: str) -> bool:
    """Whether a line is the heading of the parties block."""
    return bare(text) in _PARTIES


def says_between(text: str) -> bool:
    """Whether a line is the lone "BETWEEN" above the parties."""
    return bare(text) in _BETWEEN


def introduces_parties(text: str) -> bool:
    """Whether a paragraph names who makes the contract with whom."""
    if len(text) < 40:
        return False
    folded = fold(text[:1500])
    if _NAMED.search(folded):
        return True
    roles = len(_ROLE.findall(text[:1500]))
    between = " between " in f" {folded} " or " among " in f" {folded} " or " между " in f" {folded} "
    return roles >= 2 or (between and (roles == 1 or bool(_MADE.search(folded))))


def heads_recitals(text: str) -> bool:
    """Whether a line is the heading of the recitals."""
    return bare(text) in _RECITALS and bare(text) != "whereas"


def opens_recitals(text: str) -> bool:
    """Whether a paragraph begins the recitals: their heading, or the first "WHEREAS"."""
    return heads_recitals(text) or fold(text[:40]).startswith(("whereas", "принимая во внимание", "учитывая, что", "vzhledem k tomu"))


@lru_cache(maxsize=4096)
def heads_signatures(text: str) -> bool:
    """Whether a line is the heading of a signature block."""
    if len(text) > 120:
        return False
    return lists_details(text) or any(_SIGNING.fullmatch(bare(part)) for part in text.split("/"))


def lists_details(text: str) -> bool:
    """Whether a line heads the addresses, bank details and signatures with which Russian contracts end."""
    return any(_signing_ru(bare(part)) for part in text.split("/"))


def _signing_ru(line: str) -> bool:
    return bool(_SIGNING_RU.search(line)) and len(line) <= 90 and ("подпис" in line or "сторон" in line or line == "реквизиты")


@lru_cache(maxsize=4096)
def opens_signatures(text: str) -> bool:
    """Whether a paragraph is the sentence that leads to the signatures."""
    return bool(_WITNESS.match(fold(text[:120]).lstrip(SURROUND)))


@lru_cache(maxsize=4096)
def signature_line(text: str) -> bool:
    """Whether a line is there to be signed on: "By:", "Signature ____", "________ / М. П."."""
    return len(text) <= 160 and bool(_CUE.match(fold(text).lstrip("\t ")))


def signatory_line(text: str) -> bool:
    """Whether a line asks for what stands beside a signature: name, title, date, company."""
    return len(text) <= 120 and bool(_DETAIL.match(fold(text)))


def blank_line(text: str) -> bool:
    """Whether a line is nothing but blanks to write on: "________   ________"."""
    return len(text) <= 160 and bool(_BLANK.fullmatch(text.strip()))


def asked_of_signatory(text: str) -> frozenset[str]:
    """What a text leaves blanks for beside a signature: "name", "title" … of "For Alpha Ltd: Name: ____ Title: ____"."""
    return frozenset(_ASKED.findall(fold(text))) if len(text) <= 400 else frozenset()


def is_schedule(label: str, heading: str) -> bool:
    """Whether a label or heading is that of a schedule."""
    return bool(_SCHEDULE.match(fold(label)) or (not label and _SCHEDULE.match(fold(heading))))


def attached(text: str) -> str:
    """"Schedule 1" where a line says "Schedule 1 to the Agreement of …", «Приложение № 1» where «… к Договору …»; else ""."""
    found = _ATTACHED.match(text.lstrip()) if len(text) <= 200 else None
    return " ".join(found[0].split()) if found is not None and text.rstrip()[-1:] not in ".;,:" else ""
