"""The peer, measured: PyMuPDF from PyPI. Never part of the program; `cargo xtask bench redact` puts it in a folder of
its own outside the checkout and runs this beside ours, on the same files. Prints one line: seconds, hits, peak KiB."""
import sys
import time

import pymupdf

chore, source, target = sys.argv[1:4]
began = time.perf_counter()
doc = pymupdf.open(source)
hits = 0
if chore == "redact":
    for page in doc:
        found = page.search_for("the")
        hits += len(found)
        for rect in found:
            page.add_redact_annot(rect, fill=(0, 0, 0))
        if found:
            page.apply_redactions()
    doc.save(target, garbage=4, deflate=True)
elif chore == "rebuild":
    # The nearest it has: every page interpreted and written anew.
    with open(target, "wb") as out:
        out.write(doc.convert_to_pdf())
elif chore == "picture":
    pages = pymupdf.open()
    for page in doc:
        drawn = page.get_pixmap(dpi=200)
        made = pages.new_page(width=page.rect.width, height=page.rect.height)
        made.insert_image(made.rect, stream=drawn.tobytes("jpeg", jpg_quality=80))
    pages.save(target, garbage=4, deflate=True)
took = time.perf_counter() - began
with open("/proc/self/status") as status:
    peak = next(line.split()[1] for line in status if line.startswith("VmHWM"))
print(f"{took:.4f} {hits} {peak}")
