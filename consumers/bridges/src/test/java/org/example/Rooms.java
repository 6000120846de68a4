package org.example;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestRoom;
import io.github.matrixsync.testkit.TestUser;
import io.github.matrixsync.testkit.http.RequestPattern;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Two rooms, with a person and the bridge's own user in each, and what a bridge between them makes of faults. */
final class Rooms {
  final MatrixWorld world;
  final TestUser alice;
  final TestUser bob;
  final TestRoom here;
  final TestRoom there;

  Rooms(MatrixWorld world, TestUser bot) {
    this.world = world;
    alice = world.user("alice");
    bob = world.user("bob");
    here = alice.creates("here").with(bot);
    there = bob.creates("there").with(bot);
  }

  /** Returns the first arguments of a program. */
  List<String> arguments() {
    return List.of(
        world.server().url().toString(), here.id().value(), there.id().value());
  }

  /**
   * Lets each fault happen once to a request of a bridge, each for a person of its own.
   *
   * @param prefix of the messages
   */
  Map<Fault, Outcome> outcomes(NodeProgram bridge, RequestPattern request, String prefix) {
    Map<Fault, Outcome> outcomes = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      TestUser person = world.user("person" + fault.ordinal());
      person.joins(here);
      String text = prefix + fault;
      fault.with(world.server().next(request));
      boolean isSaid = isSaid(bridge, person.says(here, text));
      boolean isNextSaid = isSaid(bridge, person.says(here, "after " + text));
      outcomes.put(fault, outcome(isSaid, isNextSaid, count(text)));
    }
    return outcomes;
  }

  private static boolean isSaid(NodeProgram bridge, EventId message) {
    return bridge.printsOneOf("said " + message, "failed " + message).startsWith("said");
  }

  private int count(String text) {
    return (int) bob.seen().stream()
        .filter(event -> event.content().toString().contains("\"" + text + "\""))
        .count();
  }

  private static Outcome outcome(boolean isSaid, boolean isNextSaid, int count) {
    if (!isNextSaid) {
      return Outcome.AUTHOR_LOST;
    }
    return switch (count) {
      case 0 -> isSaid ? Outcome.LOST_UNNOTICED : Outcome.LOST;
      case 1 -> isSaid ? Outcome.ARRIVES : Outcome.ARRIVES_UNNOTICED;
      default -> Outcome.DOUBLED;
    };
  }
}
