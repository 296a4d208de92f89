"""
Sets of things that belong together, built pair by pair.

In: ids, and pairs of them. Out: the groups. The result does not depend on the order of the pairs.
"""

from __future__ import annotations

from collections.abc import Iterable


class Groups:
    """Disjoint sets. A group is known by its least member."""

    def __init__(self, members: Iterable[str]) -> None:
        self._parent = {member: member for member in members}
        self._members = {member: [member] for member in self._parent}

    def find(self, member: str) -> str:
        """The least member of its group."""
        root = member
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[member] != root:
            self._parent[member], member = root, self._parent[member]
        return root

    def join(self, one: str, other: str) -> None:
        """Make two groups one."""
        first, second = sorted((self.find(one), self.find(other)))
        if first != second:
            self._parent[second] = first
            self._members[first] += self._members.pop(second)

    def members(self, member: str) -> list[str]:
        """Everything in the group of `member`, in order."""
        return sorted(self._members[self.find(member)])

    def all(self) -> list[list[str]]:
        """Every group, each in order."""
        return [sorted(members) for _, members in sorted(self._members.items())]

    def of_several(self) -> list[list[str]]:
        """Every group of more than one."""
        return [group for group in self.all() if len(group) > 1]
