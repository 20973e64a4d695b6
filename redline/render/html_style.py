"""The style sheet of the HTML report. No fonts, images or addresses from anywhere; light, dark and print.

All pairs of text and ground keep a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3). Insertions are underlined, deletions struck,
moves doubly so: nothing hangs on hue.
"""

from __future__ import annotations

CSS = """
:root { color-scheme: light dark; --ink: #1c1c1e; --ground: #fff; --soft: #5b5f66; --line: #d9dce1; --card: #f6f7f9;
  --ins: #0a4a94; --ins-ground: #e6f0fb; --del: #8f3300; --del-ground: #fdeee3; --alarm: #8a1c00; --alarm-ground: #ffe9e0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e9ec; --ground: #16181c; --soft: #a6abb4; --line: #383c44;
  --card: #1f2228; --ins: #9ccbff; --ins-ground: #12304f; --del: #ffbd8f; --del-ground: #4a2510; --alarm: #ffb59e;
  --alarm-ground: #4d1f12; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1.25rem 4rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif; }
h1 { font-size: 1.35rem; line-height: 1.35; margin: 0 0 .5rem; }
h2 { font-size: 1.15rem; } h3, h4, h5, h6 { font-size: 1rem; }
h2, h3, h4, h5, h6 { margin: .2rem 0; }
a { color: var(--ins); }
ul.tally { display: flex; flex-wrap: wrap; gap: .4rem; list-style: none; margin: .5rem 0 1rem; padding: 0; }
ul.tally li { background: var(--card); border: 1px solid var(--line); border-radius: .4rem; padding: .1rem .6rem; }
ul.tally li.alarm { background: var(--alarm-ground); border-color: currentColor; color: var(--alarm); font-weight: 600; }
ul.gaps { color: var(--soft); }
nav table { border-collapse: collapse; font-size: .92rem; }
nav th, nav td { border-bottom: 1px solid var(--line); padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top; }
nav td.figure, nav th.figure { text-align: right; font-variant-numeric: tabular-nums; }
summary { cursor: pointer; }
details.same { margin: .6rem 0; color: var(--soft); }
section { margin: .9rem 0; border-top: 1px solid var(--line); padding-top: .6rem; }
details.same section { border-top: 0; margin: .2rem 0; }
.item { display: grid; grid-template-columns: 1.4rem minmax(0, 1fr) minmax(0, 19rem); column-gap: .8rem; align-items: start; }
.item > .text > * { margin: .2rem 0; }
.text p, .text h2, .text h3, .text h4, .text h5, .text h6, td p { white-space: pre-wrap; overflow-wrap: anywhere; }
.gutter { color: var(--soft); font-weight: 700; text-align: center; padding-top: .2rem; user-select: none; }
.label { font-weight: 600; margin-right: .6em; } .was { color: var(--soft); font-weight: 400; }
ins { color: var(--ins); background: var(--ins-ground); text-decoration: underline; text-underline-offset: .15em; }
del { color: var(--del); background: var(--del-ground); text-decoration: line-through; }
ins.move { text-decoration: underline double; } del.move { text-decoration: line-through double; }
ins.gone del { background: transparent; }
ins.untracked, del.untracked { outline: 1px dashed currentColor; outline-offset: 1px; }
#all { position: absolute; opacity: 0; } #all:focus-visible ~ header label { outline: 2px solid var(--ins); }
#all ~ header label { cursor: pointer; text-decoration: underline dotted; }
#all:checked ~ header .if-hidden, #all:not(:checked) ~ header .if-shown { display: none; }
#all:checked ~ main .format { border-bottom: 1px dotted currentColor; }
#all:checked ~ main .calm, #all:not(:checked) ~ main .noise, #all:not(:checked) ~ nav .noise { display: none; }
#all:not(:checked) ~ main ins.spacing { color: inherit; background: none; text-decoration: none; outline: 0; }
#all:not(:checked) ~ main del.spacing { display: none; }
.text table { border-collapse: collapse; table-layout: fixed; width: 100%; }
.text td { border: 1px solid var(--line); padding: .2rem .5rem; vertical-align: top; }
.text td > * { margin: .1rem 0; } col.beside { width: 19rem; } .text td.beside { border: 0; }
.item.wide { grid-template-columns: 1.4rem minmax(0, 1fr); }
.notes { font-size: .88rem; color: var(--soft); overflow-wrap: anywhere; }
.notes > * { margin: .15rem 0 .35rem; }
.badge { background: var(--alarm-ground); border: 1px solid currentColor; border-radius: .3rem; color: var(--alarm);
  font-size: .82em; font-weight: 700; padding: 0 .35em; }
.comment { border-left: 3px solid var(--line); padding-left: .6rem; } .comment .comment { margin-top: .2rem; }
.comment p { margin: 0; color: var(--ink); }
.flag { background: var(--alarm-ground); border-radius: .3rem; color: var(--ink); padding: .3rem .6rem; }
.flag.quiet, .flag.relief { background: var(--card); }
mark { background: none; color: inherit; font-weight: 700; text-decoration: underline; }
.flag dl { margin: .3rem 0 0; } .flag dt { color: var(--soft); } .flag dd { margin: 0 0 .3rem; }
footer { color: var(--soft); font-size: .85rem; margin-top: 2rem; }
@media (max-width: 52rem) { .item { grid-template-columns: 1.4rem minmax(0, 1fr); } .notes { grid-column: 2; }
  col.beside { width: 9rem; } }
@media print { body { max-width: none; padding: 0; font-size: 10pt; color: #000; background: #fff; }
  .item, tr { break-inside: avoid; } ins, del, .badge, .flag { background: none; } a { color: inherit; } }
"""
