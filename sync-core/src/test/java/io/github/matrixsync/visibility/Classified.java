package io.github.matrixsync.visibility;

import java.util.Optional;
import java.util.Set;

/**
 * Finds the cell of the tables for one event and one viewer.
 *
 * @param now the end of the log
 */
record Classified(Chronicle chronicle, String viewer, Fact fact, long now) {
  Optional<Cell> cell() {
    if (isIgnored() || fact.isOutlier()) {
      return Optional.empty();
    }
    boolean erased = chronicle.erased.contains(fact.sender());
    boolean mine = fact.sender().equals(viewer) && !fact.isAbout(viewer);
    if (fact.how().equals("backfill")) {
      String there = fact.there() == null ? "unknown" : fact.there();
      boolean own = mine || fact.isAbout(viewer);
      return own
          ? Optional.empty()
          : Optional.of(new Cell(Cells.BACKFILL, "", there, "", later(), erased));
    }
    String membership = membership(fact.place());
    String visibility = visibility(fact.place());
    if (fact.isAbout(viewer)) {
      boolean changed = chronicle.memberships(viewer, fact.room()).stream()
              .anyMatch(change -> change.place() == fact.place())
          && chronicle.find(fact.id()).isPresent();
      return changed && !fact.hasLost()
          ? Optional.of(
              new Cell(Cells.OWN, membership(fact.place() - 1), visibility, membership, "", erased))
          : Optional.empty();
    }
    if (mine) {
      return Optional.of(new Cell(Cells.SENT, "", visibility, membership, "", erased));
    }
    return Optional.of(
        chronicle.changesVisibility(fact)
            ? new Cell(
                Cells.CHANGE, visibility(fact.place() - 1), visibility, membership, later(), erased)
            : new Cell(Cells.ORDINARY, "", visibility, membership, later(), erased));
  }

  /**
   * Returns the cell for a viewer who peeks; empty if something else decides: the viewer sent it, is its subject, or
   * ignores its sender, or it is a state event that lost state resolution.
   */
  Optional<Cell> peekCell() {
    boolean own = fact.sender().equals(viewer) || fact.isAbout(viewer);
    String before = visibility(fact.place() - 1);
    String after = visibility(fact.place());
    boolean other = !chronicle.changesVisibility(fact) && !before.equals(after);
    if (isIgnored() || own || other || !fact.isLive() || fact.hasLost()) {
      return Optional.empty();
    }
    return Optional.of(new Cell(Cells.PEEK, before, after, membership(fact.place()), "", false));
  }

  private boolean isIgnored() {
    return chronicle.ignored.getOrDefault(viewer, Set.of()).contains(fact.sender());
  }

  private String membership(long place) {
    return chronicle.membership(viewer, fact.room(), place);
  }

  private String visibility(long place) {
    return chronicle.visibility(fact.room(), place);
  }

  /** Returns N if the viewer is in the room then and still, or joins later. */
  private String later() {
    boolean stays = fact.place() > 0
        && membership(fact.place()).equals("join")
        && membership(now).equals("join");
    return stays || chronicle.joinsAfter(viewer, fact.room(), fact.place()) ? "N" : "K";
  }
}
