package io.github.matrixsync.visibility;

import static io.github.matrixsync.visibility.Stage.ROOM;
import static io.github.matrixsync.visibility.Stage.SENDER;
import static io.github.matrixsync.visibility.Stage.VIEWER;

import java.util.ArrayList;
import java.util.List;

/**
 * One cell of the tables, tested by one sequence of events that leads to it.
 *
 * @param state whether an ordinary event is a state event
 * @param again of N, whether the viewer's membership changed twice more: a member leaves and rejoins, another user
 *     joins and leaves
 */
record Case(Cell cell, boolean state, boolean again) {
  static List<Case> of(Cell cell) {
    List<Case> cases = new ArrayList<>();
    for (boolean state : new boolean[] {false, true}) {
      for (boolean again : new boolean[] {false, true}) {
        if ((!state || cell.table().equals(Cells.ORDINARY))
            && (!again || cell.later().equals("N"))) {
          cases.add(new Case(cell, state, again));
        }
      }
    }
    return cases;
  }

  /** Appends the events, and returns the number of the event in question. */
  int play(Stage stage) {
    int event = switch (cell.table()) {
      case Cells.OWN -> playOwn(stage);
      case Cells.CHANGE -> playChange(stage);
      case Cells.PEEK -> playPeek(stage);
      case Cells.BACKFILL -> playBackfill(stage);
      default -> playMessage(stage);
    };
    if (cell.erased()) {
      stage.settings.erase(EventWriter.user(cell.table().equals(Cells.SENT) ? VIEWER : SENDER));
    }
    return event;
  }

  private int playMessage(Stage stage) {
    stage.setVisibility(cell.visibility());
    stage.bringTo(cell.membership());
    int event = state
        ? stage.append(Fact.topic(stage.next(), ROOM, SENDER))
        : stage.message(cell.table().equals(Cells.SENT) ? VIEWER : SENDER);
    goOn(stage);
    return event;
  }

  private int playChange(Stage stage) {
    stage.setVisibility(cell.before());
    stage.bringTo(cell.membership());
    int event = stage.visibility(cell.visibility());
    goOn(stage);
    return event;
  }

  private int playOwn(Stage stage) {
    stage.setVisibility(cell.visibility());
    stage.bringTo(cell.before());
    return stage.member(SENDER, VIEWER, cell.membership());
  }

  private int playBackfill(Stage stage) {
    if (cell.later().equals("N")) {
      stage.join();
      if (again) {
        stage.leave();
      }
    }
    String there = cell.visibility().equals("unknown") ? null : cell.visibility();
    return stage.append(Fact.message(stage.next(), ROOM, SENDER).backfill(there));
  }

  private int playPeek(Stage stage) {
    stage.setVisibility(cell.before());
    stage.bringTo(cell.membership());
    int event = cell.before().equals(cell.visibility())
        ? stage.message(SENDER)
        : stage.visibility(cell.visibility());
    if (cell.membership().equals("join")) {
      stage.leave();
    }
    stage.visibility("world_readable");
    return event;
  }

  private void goOn(Stage stage) {
    boolean joined = cell.membership().equals("join");
    if (cell.later().equals("K") && joined) {
      stage.leave();
    } else if (cell.later().equals("N") && joined && again) {
      stage.leave();
      stage.join();
    } else if (cell.later().equals("N") && !joined) {
      comeIn(stage);
    }
  }

  private void comeIn(Stage stage) {
    if (cell.membership().equals("ban")) {
      stage.member(SENDER, VIEWER, "leave");
    }
    stage.join();
    if (again) {
      stage.leave();
    }
  }

  /**
   * Returns whether the viewer may read the room at all: they were in it at the event or later, or it is world readable
   * in the end.
   */
  boolean isReadable() {
    String last = cell.table().equals(Cells.BACKFILL) ? "" : cell.visibility();
    return wasIn() || last.equals("world_readable");
  }

  /** Returns whether the viewer was in the room at the event or later. */
  boolean wasIn() {
    return cell.later().equals("N")
        || cell.membership().equals("join")
        || (cell.table().equals(Cells.OWN) && cell.before().equals("join"));
  }

  @Override
  public String toString() {
    return cell + (state ? ", a state event" : "") + (again ? ", with another leave" : "");
  }
}
