"""The parser: every command, its options and one line of help each. Help texts are generated from here and nowhere else.

Building it imports nothing but argparse; each command names its handler as "module:function", imported when it runs.
"""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

from redline.errors import UsageError

_EPILOG = """\
A version is said as people say it: base, base:nda, base@3, acme (the latest), acme@2 (turn 2), acme@sent, acme@received,
acme@agreed, or a .docx file.

Exit codes: 0 fine · 1 differences with --exit-code, or a failed check · 2 usage · 3 the document cannot be read ·
4 the vault or git · 5 a conflict needs a person · 130 interrupted."""


class _Parser(argparse.ArgumentParser):
    """Raises our own error instead of leaving the program."""

    def error(self, message: str) -> NoReturn:
        unknown = re.fullmatch(r"argument (COMMAND|VERB): invalid choice: (.+?) \(choose from (.+)\)", message)
        if unknown:
            import difflib

            known = re.findall(r"[a-z]+", unknown[3])
            close = difflib.get_close_matches(unknown[2].strip("'"), known, n=2)
            message = f"there is no command {unknown[2]}" + (f"; did you mean {' or '.join(close)}?" if close else "")
        elif message.startswith("unrecognized arguments: "):
            message = f"not understood: {message.partition(': ')[2]}"
        elif message.startswith("the following arguments are required: "):
            message = f"missing: {message.partition(': ')[2]}"
        raise UsageError(message, f"`{self.prog} --help` tells what there is.")


def build() -> _Parser:
    """The parser of the command `redline`."""
    parser = _Parser(prog="redline", epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
                     description="Version control for the contract you negotiate again and again. Alone, it opens the desk.")
    parser.add_argument("--version", "-V", action="store_true", help="print the version and leave")
    common = _common()
    _add_common(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser, title="commands")
    for add in (_start, _exchange, _answering, _looking, _ending, _memory, _out):
        add(commands, common)
    return parser


def _common() -> _Parser:
    parent = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    _add_common(parent)
    return parent


def _add_common(parser: _Parser) -> None:
    group = parser.add_argument_group("everywhere")
    group.add_argument("-C", dest="folder", metavar="DIR", default=argparse.SUPPRESS, help="work on the vault found from DIR")
    group.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON (with \"schema\": 1)")
    group.add_argument("--color", choices=("auto", "always", "never"), default=argparse.SUPPRESS, help="colour (default auto)")
    group.add_argument("--no-pager", dest="pager", action="store_false", default=argparse.SUPPRESS, help="never use a pager")
    group.add_argument("-q", "--quiet", action="store_true", default=argparse.SUPPRESS, help="no story, only data and errors")
    group.add_argument("-v", "--verbose", action="store_true", default=argparse.SUPPRESS, help="more of the story")


def _command(commands: argparse._SubParsersAction[_Parser], common: _Parser, name: str, handler: str,
             help_: str) -> _Parser:
    parser = commands.add_parser(name, parents=[common], help=help_, description=help_, allow_abbrev=False)
    parser.set_defaults(handler=handler)
    return parser


def _start(commands: argparse._SubParsersAction[_Parser], common: _Parser) -> None:
    demo = _command(commands, common, "demo", "start:demo", "build a vault from the sample contracts and open it")
    demo.add_argument("directory", nargs="?", metavar="DIR", help="where (default ./redline-demo)")
    demo.add_argument("--tour", action="store_true", help="print the tour instead of opening the desk")
    init = _command(commands, common, "init", "start:init", "make a vault")
    init.add_argument("directory", nargs="?", default="vault", metavar="DIR", help="a new or empty folder (default ./vault)")
    init.add_argument("--party", metavar="NAME", help="our firm's name (default: git's user name)")
    init.add_argument("--name", action="append", default=[], dest="names", metavar="AUTHOR",
                      help="an author name that means us in Word's track changes (again for more)")
    base = _command(commands, common, "base", "start:base", "add a base contract, or its next version")
    base.add_argument("file", metavar="FILE", help="the contract, a .docx")
    base.add_argument("--name", metavar="NAME", help="which base (default: the only one, or the file's name)")
    base.add_argument("--force", action="store_true", help="though it carries tracked changes or comments")
    _dry_run(base)


def _exchange(commands: argparse._SubParsersAction[_Parser], common: _Parser) -> None:
    send = _command(commands, common, "send", "exchange:send", "open a deal or start our next turn; writes the file to send")
    send.add_argument("client", metavar="CLIENT", help="the client's name")
    send.add_argument("file", nargs="?", metavar="FILE", help="our answer as it goes out (later turns)")
    send.add_argument("-o", "--output", metavar="OUT", help="write the file to send here (- for stdout)")
    send.add_argument("--base", metavar="NAME", help="which base to open the deal with")
    send.add_argument("--accept-all", action="store_true", help="send their latest version back with every change accepted")
    send.add_argument("--value", metavar="AMOUNT", help="what the deal is worth")
    send.add_argument("--currency", default="", metavar="CODE", help="in which currency")
    send.add_argument("--contact", default="", metavar="PERSON", help='"Name <mail>"')
    _keep(send)
    send.add_argument("--new", action="store_true", help="a new client, though another one's name begins like this")
    send.add_argument("--force", action="store_true", help="replace OUT if it exists; send FILE though it is unlike what it follows")
    receive = _command(commands, common, "receive", "exchange:receive", "keep what a client sent back and say what they changed")
    receive.add_argument("client", metavar="CLIENT", help="the client's name")
    receive.add_argument("file", metavar="FILE", help="the .docx that came back")
    receive.add_argument("--from", dest="sender", default="", metavar="PERSON", help='who sent it: "Name <mail>"')
    receive.add_argument("--their-paper", action="store_true", help="open a deal on the client's own contract")
    receive.add_argument("--force", action="store_true", help="store it though it is not like what we sent")
    _strict(receive)
    _sensitive(receive)
    for writing in (send, receive):
        _dry_run(writing)


def _answering(commands: argparse._SubParsersAction[_Parser], common: _Parser) -> None:
    decide = _command(commands, common, "decide", "answering:decide", "accept, reject or counter changes of a client's latest turn")
    decide.add_argument("client", metavar="CLIENT", help="the client's name")
    decide.add_argument("words", nargs="+", metavar="CHANGE,… VERDICT",
                        help="ids of changes, as `redline diff CLIENT` shows them, and accept, reject or counter")
    decide.add_argument("--all", action="store_true", dest="every", help="all that are not decided yet")
    decide.add_argument("--author", default="", metavar="NAME", help="those of this author")
    decide.add_argument("--clause", default="", metavar="CLAUSE", help="those in this clause: its number or words of its heading")
    decide.add_argument("--kind", default="", choices=("insert", "delete", "replace", "move", "format"), help="those of this kind")
    decide.add_argument("--untracked", action="store_true", help="those made with tracking off")
    words = decide.add_mutually_exclusive_group()
    words.add_argument("--text", "--with", metavar="TEXT", help="what we offer instead (counter)")
    words.add_argument("--file", metavar="FILE", help="the same, from a text file")
    decide.add_argument("--paragraph", action="store_true", help="the counter takes the place of the whole paragraph")
    decide.add_argument("--why", default="", metavar="REASON", help="the client reads it as a comment in Word")
    _dry_run(decide)
    respond = _command(commands, common, "respond", "answering:respond", "write our answer from the decisions and store it as our turn")
    respond.add_argument("client", metavar="CLIENT", help="the client's name")
    respond.add_argument("-o", "--output", metavar="OUT", help="write the file to send here (- for stdout)")
    respond.add_argument("--against", choices=("theirs", "ours"), default="theirs",
                         help="track what we do against what they sent (default) or against what we sent last")
    respond.add_argument("--fold", action="store_true", help="with --against ours: what we accept is plain, not tracked as theirs")
    respond.add_argument("--undecided", choices=("accept", "reject", "keep"), help="what becomes of changes without a decision")
    respond.add_argument("--author", default="", metavar="NAME", help="who signs our changes (default: our party)")
    _keep(respond)
    respond.add_argument("--force", action="store_true", help="replace OUT if it exists")
    _dry_run(respond)


def _keep(parser: _Parser) -> None:
    parser.add_argument("--keep", default="", metavar="WHAT,…", help="personal data that is to stay in the file: properties, title …")


def _dry_run(parser: _Parser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="do all the reading and checking, and store nothing")


def _looking(commands: argparse._SubParsersAction[_Parser], common: _Parser) -> None:
    diff = _command(commands, common, "diff", "looking:diff", "compare two versions, or a version with the one before it")
    diff.add_argument("old", metavar="A", help="a version or a .docx file")
    diff.add_argument("new", nargs="?", metavar="B", help="another (default: A against what went before it)")
    _drawing(diff, "docx")
    diff.add_argument("--view", default="", metavar="final|original", help="Word file: which view of versions with tracked changes counts "
                      "(default final); original,final for A and B")
    diff.add_argument("--author", default="", metavar="NAME", help="Word file: who signs (default: who made each change, if known)")
    diff.add_argument("--date", default="", metavar="DATE", help="Word file: the date of the changes (default: that of B)")
    _moves(diff)
    _keep(diff)
    diff.add_argument("--exit-code", action="store_true", help="exit with 1 when there are differences")
    _strict(diff)
    show = _command(commands, common, "show", "files:show", "versions or files, each with its own tracked changes")
    show.add_argument("versions", nargs="+", metavar="V", help="a version or a .docx file; --json prints each on a line of its own")
    _drawing(show)
    instead = show.add_mutually_exclusive_group()
    instead.add_argument("--changes", action="store_true", help="instead, list its tracked changes with their ids, one a line")
    instead.add_argument("--coverage", action="store_true", help="instead, say what of the file was read and what was not")
    _strict(show)
    for one in (diff, show):
        _sensitive(one)
    review = _command(commands, common, "review", "looking:review", "open a client's latest turn on the desk")
    review.add_argument("client", metavar="CLIENT")
    log = _command(commands, common, "log", "looking:log", "the turns of a client, the versions of a base, or everything")
    log.add_argument("client", nargs="?", metavar="CLIENT|base")
    _command(commands, common, "deals", "looking:deals", "the board: whose turn it is, for how long, what is open")
    check = _command(commands, common, "check", "looking:check", "exit 1 while flags, untracked or undecided changes remain")
    check.add_argument("old", metavar="V", help="a version or a .docx file")
    _strict(check)
    for one in (review, check):
        _sensitive(one)
    _command(commands, common, "doctor", "looking:doctor", "exit 1 when something that the vault keeps is damaged")
    blame = _command(commands, common, "blame", "looking:blame", "who brought in which words of a version, and in which turn")
    blame.add_argument("old", nargs="?", default="base", metavar="V", help="a version (default: the base)")
    blame.add_argument("--clause", default="", metavar="CLAUSE", help="only this clause: its number or words of its heading")
    blame.add_argument("--whole", action="store_true", help="show the paragraphs that nobody changed too")
    history = _command(commands, common, "history", "looking:history", "what every client made of a clause and how it ended")
    history.add_argument("clause", nargs="+", metavar="CLAUSE", help='its number or words of its heading; "base:nda 7.2"')
    _command(commands, common, "stats", "looking:stats", "how long the paper lay with us and with them")


def _moves(parser: _Parser) -> None:
    parser.add_argument("--moves", action="store_true", help="Word file: show what moved as Word's moves (default: as a deletion and an "
                        "insertion, each with a comment that names the other)")


def _strict(parser: _Parser) -> None:
    parser.add_argument("--strict", action="store_true", help="exit 3 when anything in a document was not read, and name it")


def _sensitive(parser: _Parser) -> None:
    parser.add_argument("--sensitivity", default="", metavar="LEVEL", help="how readily killers are seen: low, normal or high "
                        "(default: the vault's setting)")


def _drawing(parser: _Parser, *more: str) -> None:
    parser.add_argument("--format", choices=("text", "json", "html", "md", *more), help="how to draw it (default: by OUT's ending)")
    parser.add_argument("--clause", metavar="CLAUSE", help="only this clause: its number or words of its heading")
    parser.add_argument("--only", default="", metavar="WHAT,…", help="killers, untracked, comments, format, or an author's name")
    parser.add_argument("--whole", action="store_true", help="show unchanged clauses too")
    parser.add_argument("--all", action="store_true", help="show changes of formatting and layout too, which are only counted else")
    parser.add_argument("-o", "--output", metavar="OUT", help="write to a file (- for stdout)")
    parser.add_argument("--force", action="store_true", help="replace OUT if it exists")


def _ending(commands: argparse._SubParsersAction[_Parser], common: _Parser) -> None:
    adopt = _command(commands, common, "adopt", "ending:adopt", "carry what was agreed with a client into the base")
    adopt.add_argument("client", metavar="CLIENT")
    adopt.add_argument("--force", action="store_true", help="though untracked changes or killers are in it")
    won = _command(commands, common, "won", "ending:won", "close a deal as won")
    won.add_argument("client", metavar="CLIENT")
    won.add_argument("--why", default="", metavar="TEXT")
    lost = _command(commands, common, "lost", "ending:lost", "close a deal as lost; name the clauses that killed it")
    lost.add_argument("client", metavar="CLIENT")
    lost.add_argument("--clause", action="append", default=[], dest="clauses", metavar="CLAUSE", help="a killer (again for more)")
    lost.add_argument("--why", required=True, metavar="TEXT", help="what happened; you read it when the clause comes back")
    _killer_options(lost)
    undo = _command(commands, common, "undo", "ending:undo", "take back the last act")
    undo.add_argument("--redo", action="store_true", help="do again what was taken back")
    for writing in (adopt, won, lost, undo):
        _dry_run(writing)


def _killer_options(parser: _Parser, *, editing: bool = False) -> None:
    """What is said of a killer; when `editing`, what is not given stays and "" empties."""
    none, also = (None, "; '' empties it") if editing else ("", "")
    parser.add_argument("--severity", default=None if editing else "negotiate", metavar="HOW",
                        help="'walk away', negotiate or watch" + ("" if editing else " (default negotiate)"))
    parser.add_argument("--offer", default=none, metavar="TEXT", help=f"what we offer instead{also}")
    parser.add_argument("--burdens", default=none, metavar="WHO", help=f"whom it is bad for: provider, client or both{also}")
    parser.add_argument("--limit", action="append", dest="limits", metavar="TEXT",
                        help="from which figure on it hurts, such as 'more than 45 days' (again for more)")
    parser.add_argument("--cause", default=none, metavar="NAME", help=f"killers of one cause are looked for together{also}")


def _titled(parser: _Parser, *, editing: bool = False) -> None:
    none = None if editing else ""
    parser.add_argument("--title", default=none, metavar="TEXT", help="a short name" + ("" if editing else " (default: its heading)"))
    parser.add_argument("--language", default=none, metavar="en|ru", help="which language its words are in"
                        + ("" if editing else " (default: seen from the letters)"))


def _words_of(parser: _Parser) -> None:
    """Where the words of a clause come from: a clause of a version, an option, a text file."""
    parser.add_argument("source", nargs="?", default="", metavar="V", help="a version or a .docx file (with --clause)")
    parser.add_argument("--clause", metavar="CLAUSE", help="which clause of the version: its number or words of its heading")
    words = parser.add_mutually_exclusive_group()
    words.add_argument("--text", default="", metavar="TEXT", help="the words themselves")
    words.add_argument("--file", metavar="FILE", help="the words, from a text file (- for stdin)")


def _memory(commands: argparse._SubParsersAction[_Parser], common: _Parser) -> None:
    killers = _command(commands, common, "killers", "memory:list_all", "the clauses that cost deals")
    verbs = killers.add_subparsers(dest="verb", metavar="VERB", parser_class=_Parser, title="verbs (default list)")
    _command(verbs, common, "list", "memory:list_all", "all of them")
    show = _command(verbs, common, "show", "memory:show", "one killer: its words, what was dismissed, where it came back")
    add = _command(verbs, common, "add", "memory:add", "add a killer from a clause of a version, or from its text")
    _words_of(add)
    add.add_argument("--why", required=True, metavar="TEXT", help="what it did to us")
    _titled(add)
    _killer_options(add)
    edit = _command(verbs, common, "edit", "memory:edit", "change what is said of a killer")
    remove = _command(verbs, common, "remove", "memory:remove", "stop looking for a killer (it stays in the history)")
    confirm = _command(verbs, common, "confirm", "memory:confirm", "a flag was right: its words sharpen the killer")
    dismiss = _command(verbs, common, "dismiss", "memory:dismiss", "a flag was a false alarm: this wording is fine")
    merge = _command(verbs, common, "merge", "memory:merge", "make two killers of one cause one; alone, name those that could be")
    for one in (show, edit, remove, confirm, dismiss):
        one.add_argument("killer", metavar="KILLER", help="its id, or how its title begins")
    edit.add_argument("--why", metavar="TEXT", help="what it did to us")
    _titled(edit, editing=True)
    _killer_options(edit, editing=True)
    edit.add_argument("--no-limits", action="store_true", help="take out its limits")
    edit.add_argument("--drop-instance", type=int, metavar="N", help="take out its instance N, as `show` counts them")
    edit.add_argument("--drop-dismissal", type=int, metavar="N", help="take out its dismissal N")
    _words_of(confirm)
    _words_of(dismiss)
    dismiss.add_argument("--why", required=True, metavar="TEXT", help="why this wording is fine")
    merge.add_argument("killer", nargs="?", metavar="KILLER", help="the one that stays, with its reason")
    merge.add_argument("other", nargs="?", metavar="OTHER", help="the one that becomes part of it")
    _trade(verbs, common)
    for writing in (add, edit, remove, confirm, dismiss, merge):
        _dry_run(writing)


def _trade(verbs: argparse._SubParsersAction[_Parser], common: _Parser) -> None:
    """Killers to and from files, and the matcher on files."""
    export = _command(verbs, common, "export", "trade:export", "killers as TOML, for another vault")
    export.add_argument("killers", nargs="*", metavar="KILLER", help="which (default: all)")
    export.add_argument("-o", "--output", metavar="OUT", help="a file for all, or a folder for a file each (default stdout)")
    export.add_argument("--force", action="store_true", help="replace what exists")
    imports = _command(verbs, common, "import", "trade:take_in", "take in killers of another vault")
    imports.add_argument("file", metavar="FILE", help="a file or a folder that `killers export` wrote (- for stdin)")
    _dry_run(imports)
    test = _command(verbs, common, "test", "memory:test", "what would be flagged in a version or a file, what nearly, and why")
    test.add_argument("old", metavar="V", help="a version or a .docx file")
    _sensitive(test)
    level = _command(verbs, common, "sensitivity", "memory:sensitivity", "how readily killers are seen in this vault: tell or set it")
    level.add_argument("level", nargs="?", metavar="LEVEL", help="low, normal or high")
    _dry_run(level)
    score = _command(verbs, common, "score", "trade:score", "score clauses against killers, both as JSON lines")
    score.add_argument("rows", metavar="KILLERS", help="rows {killer_id, group, text, …}")
    score.add_argument("candidates", metavar="CANDIDATES", help="rows {cand_id, text, …}")
    score.add_argument("-o", "--output", required=True, metavar="SCORES", help="where rows {killer_id, cand_id, score, flag} go")


def _out(commands: argparse._SubParsersAction[_Parser], common: _Parser) -> None:
    resolve = _command(commands, common, "resolve", "files:resolve", "accept or reject tracked changes, all or chosen, in Word files")
    resolve.add_argument("files", nargs="+", metavar="FILE", help="a .docx file; it stays as it is")
    resolve.add_argument("--accept", metavar="all|ID,…", help="what to accept; `redline show FILE --changes` lists the ids")
    resolve.add_argument("--reject", metavar="all|ID,…", help="what to reject; of two options one may say all, the other takes some out")
    resolve.add_argument("-o", "--output", metavar="OUT", required=True, help="where to: a file, - for stdout, a folder for several")
    resolve.add_argument("--force", action="store_true", help="replace OUT if it exists")
    _strict(resolve)
    export = _command(commands, common, "export", "looking:export",
                      "a version as a file: its exact .docx, a clean or a redlined one, HTML, Markdown, text or JSON")
    export.add_argument("old", metavar="V", help="a version or a .docx file")
    export.add_argument("--format", choices=("docx", "clean", "redline", "html", "md", "text", "json"),
                        help="docx: the exact file; clean: nothing tracked, no comments; redline: tracked against the version before "
                        "(default: by OUT's ending, else md)")
    export.add_argument("--view", choices=("final", "original"), default="", help="clean: accept its tracked changes, or reject them")
    export.add_argument("--accept-all", action="store_true", help="clean: accept its tracked changes")
    export.add_argument("--drop-comments", action="store_true", help="clean: leave its comments away")
    export.add_argument("--flags", action="store_true", help="docx: a copy for us with a comment on every killer; it is never sent")
    _moves(export)
    _keep(export)
    _sensitive(export)
    export.add_argument("-o", "--output", metavar="OUT", help="write to a file (- for stdout)")
    export.add_argument("--force", action="store_true", help="replace OUT if it exists")
