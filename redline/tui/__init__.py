"""The terminal UI: a thin front over the desk. Screens and widgets here; what a page looks like is worked out in `page`.

Only the desk is asked for data and only views are drawn. Every string from a view reaches a widget through `tui.safe`;
nothing here reads a document, a repository or the network.
"""
