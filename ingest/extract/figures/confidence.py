"""
How sure a claim is, as a share: of the claims given 0.9, nine in ten are right.

In: the metric and the margin by which its rule won (0 to 1). Out: a probability. The steps were set on the annotated sets a, c,
d1 and d2 together (a claim is right when metric and value are those of the annotation), in four levels for all metrics so that
each has claims enough, and are held to them by the reliability test. Never looks at the text again.
"""

from __future__ import annotations

from db.records import Metric

# metric -> (upper end of the margin, share of right claims); the last step is open.
STEPS: dict[Metric, tuple[tuple[float, float], ...]] = {
    "capex": ((0.05, 0.86), (0.8, 0.90), (1.0, 0.97)),
    "contract": ((0.05, 0.86), (0.8, 0.90), (1.0, 0.97)),
    "financing": ((0.05, 0.90), (1.0, 0.97)),
    "power": ((0.8, 0.82), (1.0, 0.97)),
    "generation": ((0.8, 0.90), (1.0, 0.97)),
    "chips": ((1.0, 0.97),),
    "floor_area": ((1.0, 0.97),),
    "land_area": ((1.0, 0.97),),
    "jobs": ((1.0, 0.97),),
    "online": ((0.2, 0.48), (0.6, 0.82), (1.0, 0.97)),
}


def confidence_of(metric: Metric, margin: float) -> float:
    """
    The share of right claims among those of `metric` whose rule won by `margin`.

    >>> confidence_of("power", 1.0) > confidence_of("power", 0.1)
    True
    """
    steps = STEPS[metric]
    return next((share for upper, share in steps if margin <= upper), steps[-1][1])


def weakest(metric: Metric) -> float:
    """What a claim of `metric` is given that no word beside it speaks for."""
    return STEPS[metric][0][1]
