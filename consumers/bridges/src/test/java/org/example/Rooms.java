package org.example;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestRoom;
import io.github.matrixsync.testkit.TestUser;
import io.github.matrixsync.testkit.http.RequestPattern;
import java.util.List;

/** Two rooms, with a person and the bridge's own user in each; finds out what faults do to messages between them. */
final class Rooms {
  final MatrixWorld world;
  final TestUser alice;
  final TestUser bob;
  final TestRoom here;
  final TestRoom there;
  private int people;

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
   * Returns what becomes of the first message of a person if the next request that matches a pattern fails.
   *
   * @param prefix the beginning of the message
   */
  Outcome outcome(NodeProgram bridge, Fault fault, RequestPattern request, String prefix) {
    people++;
    TestUser person = world.user("person" + people);
    person.joins(here);
    String text = prefix + fault;
    fault.with(world.server().next(request));
    boolean isSaid = isSaid(bridge, person.says(here, text));
    boolean isNextSaid = isSaid(bridge, person.says(here, "after " + text));
    return outcome(isSaid, isNextSaid, count(text));
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
