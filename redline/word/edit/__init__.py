"""Writing a redline onto a Word document: tracked, so that rejecting gives the old text and accepting the new one.

The old document's package carries everything; what is new comes from the new document's, with the styles, lists, pictures and
notes it needs. Parts and paragraphs without a change keep their bytes. Import from the modules; `write.redlined` is the door.

    source   a document with, for each paragraph of its contract, the XML its text came from
    plan     which old and which new text each paragraph of the redline is made of, made fit for XML
    firm     what cannot be cut is taken out and put in as a whole; what is one stays one
    pictures whether two drawings show the same
    margins  sections with their headers and footers
    inline   the inside of a paragraph: runs cut at the borders of changes, wrapped, inserted
    blocks   where paragraphs, rows and tables stand
    bring    what inserted content needs from the other document
    names    styles and lists under the names they have in the old document
    lists    what lists count, and which paragraph names which
    looks    the look of the new document said directly where the old one's styles would give another
    effective what text looks like after defaults, styles, lists and theme
    marks    revision elements, their numbers and authors
    parts    which parts change, come in, and link to each other
    same     neighbouring changes joined, both copies of a text box alike
    props    properties of runs, marks, rows, cells and sections that differ
    moves    what moved as Word's moves, where that can be done without fault
    carried  the inside of a moved paragraph: what moved, what was edited on the way
    links    a comment at both ends of what moved
    write    all of it, one document in, one out
"""
