"""What a comparison looks like on a page of a given width: pure functions and values, no terminal library.

`index` finds things in a comparison, `pieces` cuts paragraphs into text that can be shown, `wrap` breaks it into lines,
`blocks` says what stands beside what, and `page` puts it together lazily: heights for everything, lines only where looked.
"""
