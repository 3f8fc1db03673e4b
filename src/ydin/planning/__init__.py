"""The planning engine: seasons, groups and tables. Pure Python on numpy and scipy, no web framework.

A season from dataclasses (or from JSON with `season.load`):

    from datetime import date
    from ydin.planning.season import Group, Member, Season, dump, evening_options, plan_season, replan

    group = Group(
        id="haapavesi",
        coordinator="anna",
        members=(
            Member("bakery", None, hosts=True, capacity=12, evenings=(date(2027, 1, 12),)),
            Member("garage", 2, hosts=True, capacity=20, evenings=(date(2027, 2, 9), date(2027, 2, 2))),
        ),
        travel_minutes=((0, 15), (15, 0)),
    )
    season = Season(months=("2027-01", "2027-02"), groups=(group,))
    plan = plan_season(season, deadline_seconds=10)
    for turn in plan.turns:
        print(turn.month, turn.host, turn.evening, turn.regret, [reason.code for reason in turn.why])

    repaired = replan(season, plan, cancelled=[("haapavesi", "2027-01")])      # fewest changed turns
    options = evening_options(season, plan, "haapavesi", "garage", "2027-02")  # for the host's page
    json_ready = dump(plan)
    fair = in_turn(season, {"bakery": 3, "garage": 4})  # ask only those whose turn it is, then plan_season(fair)

Bad input raises `InputError(field, message)`; what cannot be planned is in `plan.unplaced`, with the rule.
Reason codes and their values are listed in docs/planning.md; the application translates them.
Nothing here imports scipy before something is solved.
"""

from ydin.planning.errors import InputError
from ydin.planning.run import Clock, Listener, Progress

__all__ = ["Clock", "InputError", "Listener", "Progress"]
