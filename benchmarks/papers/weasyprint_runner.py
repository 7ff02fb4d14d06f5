"""Set the letter by WeasyPrint, in an environment of its own: one run that is not counted, then `count` that are."""

import json
import sys
import time
from pathlib import Path

import weasyprint

html, count, target = sys.argv[1], int(sys.argv[2]), sys.argv[3]
times, busy = [], []
for _turn in range(count + 1):
    begun, used = time.perf_counter(), time.process_time()
    pdf = weasyprint.HTML(filename=html).write_pdf(pdf_variant="pdf/a-2b")
    times.append(time.perf_counter() - begun)
    busy.append(time.process_time() - used)
Path(target).write_bytes(pdf)
told = {
    "version": weasyprint.__version__,
    "first": times[0],
    "times": times[1:],
    "busy": busy[1:],
    "size": len(pdf),
}
sys.stdout.write(json.dumps(told) + "\n")
