"""Reads receipts with amagi-receipts-to-csv, given their text.

Standard input: one JSON object a line, {"id", "day_first", "boxes": [{"corners": [[x, y] * 4], "text"}]}.
Standard output: one JSON object a line, {"id", "merchant", "date", "total", "accepted"}.
"""

import json
import sys

from amagi_receipts_to_csv.ocr import Box, group_lines
from amagi_receipts_to_csv.parse import finalize_status, parse_lines

for line in sys.stdin:
    asked = json.loads(line)
    boxes = [Box(corners=box["corners"], text=box["text"]) for box in asked["boxes"]]
    receipt = parse_lines(group_lines(boxes), day_first=asked["day_first"])
    finalize_status(receipt)
    print(
        json.dumps(
            {
                "id": asked["id"],
                "merchant": receipt.vendor or None,
                "date": receipt.date.isoformat() if receipt.date else None,
                "total": str(receipt.total) if receipt.total is not None else None,
                "accepted": receipt.status == "ok",
            }
        )
    )
