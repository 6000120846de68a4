package io.github.matrixsync.visibility;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The sentence about an application service's own stream: an event is due if, at it or right before it, its room
 * matches by id or alias or has one of the service's users in it, or its subject is one; a state event that did not
 * become state only if one of them sent it. No history is kept from it. Immutable.
 *
 * @param sender the user that it acts as, who is one of its own
 * @param users the others
 * @param byId the rooms that match by id
 * @param byAlias those that match by an alias
 */
record ServiceSentences(String sender, Set<String> users, Set<String> byId, Set<String> byAlias) {
  /** Services that are each interested for another reason, and one for all of them. */
  static final List<ServiceSentences> ALL = List.of(
      new ServiceSentences("bot", Set.of("u0", "u2"), Set.of(), Set.of()),
      new ServiceSentences("u1", Set.of(), Set.of(), Set.of()),
      new ServiceSentences("bot", Set.of(), Set.of("a"), Set.of()),
      new ServiceSentences("bot", Set.of(), Set.of(), Set.of("b")),
      new ServiceSentences("u0", Set.of("u1"), Set.of(), Set.of("b")));

  /** The stream as of now. Who sent an event and asked for erasure since is erased for a service as for strangers. */
  List<String> stream(Chronicle chronicle, Sentences sentences, long after) {
    return dueAfter(chronicle, sentences, after)
        .map(fact -> sentences.show(sender, fact, true, false))
        .toList();
  }

  /** Returns which events are in the stream. */
  List<Integer> due(Chronicle chronicle, Sentences sentences, long after) {
    return dueAfter(chronicle, sentences, after).map(Fact::id).toList();
  }

  private Stream<Fact> dueAfter(Chronicle chronicle, Sentences sentences, long after) {
    return chronicle.facts().stream()
        .filter(fact -> fact.place() > 0 && fact.place() > after)
        .filter(fact -> isDue(chronicle, sentences, fact));
  }

  private boolean isDue(Chronicle chronicle, Sentences sentences, Fact fact) {
    boolean isAboutOne = own().anyMatch(fact::isAbout);
    if (isAboutOne && !fact.isOutlier() && sentences.wasGivenBefore(fact)) {
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
