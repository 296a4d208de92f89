"""
Words that make a run of capitals a matter rather than a name: "Clean Energy", "Sovereign Cloud", "Liquid Cooling Systems".

In: nothing. Out: word sets, asked by those who find names. Never says that a name is a company's.
"""

from __future__ import annotations

# "Clean Energy", "Sovereign Cloud": a matter, where such a word ends a name and only such words begin it.
GENERIC_LAST = frozenset(
    (
        "Data AI Land Water Gas Power Energy Parks Bank Wind Solar Nuclear Construction Company Cloud Network Investment "
        "Development Compute Infrastructure Management Trust Capital Digital Technology Pipeline Systems Solutions Networks "
        "Communications Resources Materials Logistics Investments Developments Properties Computing Services Estate Motors Electric"
    ).split()
)
GENERIC_FIRST = frozenset(
    (
        "Clean Green Renewable Total Artificial Generative Sovereign Physical Agentic Responsible Hyperscale Critical "
        "National High-Performance Open Big Public Gen Gemini Outside Few Energy Strategic Customer Customers Sales Project "
        "Development Contracted Capital Investor Backup Thermal Design On-Site Onsite Liquid Cooling Distributed Advanced"
    ).split()
)
# "Universal GPU Rack Systems": a product is called by what it holds, its maker is not.
PRODUCT = frozenset(
    "GPU GPUs CPU CPUs TPU TPUs Server Servers Rack Racks Liquid Cooled Cooling Chip Chips Superchip".split()
)
