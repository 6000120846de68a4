package io.github.matrixsync.visibility;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Computes by the specification the stream of an application service: an event is due if, at it or right before it, its
 * room matches by id or alias or has one of the service's users as a member, or if its subject is one of them; a state
 * event that lost state resolution only if one of them sent it. History visibility does not apply to services.
 * Immutable.
 *
 * @param sender the service's own user, who is one of its users
 * @param users its other users
 * @param byId the rooms that match by id
 * @param byAlias those that match by an alias
 */
record ServiceSpecOracle(String sender, Set<String> users, Set<String> byId, Set<String> byAlias) {
  /** Services that each match by one criterion, and one that matches by all of them. */
  static final List<ServiceSpecOracle> ALL = List.of(
      new ServiceSpecOracle("bot", Set.of("u0", "u2"), Set.of(), Set.of()),
      new ServiceSpecOracle("u1", Set.of(), Set.of(), Set.of()),
      new ServiceSpecOracle("bot", Set.of(), Set.of("a"), Set.of()),
      new ServiceSpecOracle("bot", Set.of(), Set.of(), Set.of("b")),
      new ServiceSpecOracle("u0", Set.of("u1"), Set.of(), Set.of("b")));

  /** Returns the stream as of now. Events of users who asked for erasure are redacted, as for strangers. */
  List<String> stream(Chronicle chronicle, SpecOracle oracle, long after) {
    return dueAfter(chronicle, oracle, after)
        .map(fact -> oracle.show(sender, fact, true, false))
        .toList();
  }

  /** Returns the events in the stream. */
  List<Integer> due(Chronicle chronicle, SpecOracle oracle, long after) {
    return dueAfter(chronicle, oracle, after).map(Fact::id).toList();
  }

  private Stream<Fact> dueAfter(Chronicle chronicle, SpecOracle oracle, long after) {
    return chronicle.facts().stream()
        .filter(fact -> fact.place() > 0 && fact.place() > after)
        .filter(fact -> isDue(chronicle, oracle, fact));
  }

  private boolean isDue(Chronicle chronicle, SpecOracle oracle, Fact fact) {
    boolean isAboutOne = own().anyMatch(fact::isAbout);
    if (isAboutOne && !fact.isOutlier() && oracle.wasGivenBefore(fact)) {
      return false;
    }
    if (isAboutOne && !fact.hasLost()) {
      return true;
    }
    if (fact.hasLost() && own().noneMatch(fact.sender()::equals)) {
      return false;
    }
    boolean named = byId.contains(fact.room()) || byAlias.contains(fact.room());
    return fact.isLive()
        && (named
            || isIn(chronicle, fact.room(), fact.place())
            || isIn(chronicle, fact.room(), fact.place() - 1));
  }

  private boolean isIn(Chronicle chronicle, String room, long place) {
    return own().anyMatch(user -> chronicle.membership(user, room, place).equals("join"));
  }

  private Stream<String> own() {
    return Stream.concat(Stream.of(sender), users.stream());
  }
}
