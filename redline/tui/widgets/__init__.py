"""The parts of the screens: the page of a document, its outline, the evidence, the bars above and below."""
