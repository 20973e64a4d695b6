"""The only room that opens a .docx or touches XML.

`package` opens untrusted bytes under limits, `read` makes a `Contract` of them, `numbering` computes the labels Word
shows, `revisions` accepts or rejects tracked changes in the document itself, `edit` writes a redline onto a document,
`remarks` puts comments into it, `scrub` takes personal data out. Nothing here opens a path or the network, and nothing in a
document can make the room raise anything but `DocumentError`.

Import from the modules (`from redline.word.read import read`): this package loads none of them, so that whoever only needs
the version does not pay for lxml.
"""

from __future__ import annotations

READER_VERSION = 2
"""Goes up whenever the same bytes would be read differently: stored readings with a lower number are made anew."""
