package io.github.matrixsync.law.sync;

import io.github.matrixsync.law.sync.SyncOracle.Coverage;
import io.github.matrixsync.law.sync.SyncOracle.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares one answer with what the oracle expects of it: the sections, each timeline with its mark, and the state, of
 * which some may be sent again. Confined to one thread.
 */
final class AnswerCheck {
  /**
   * A request.
   *
   * @param since the position of the token that was shown; null: none
   * @param full whether it asked for the full state
   */
  record Asked(@Nullable Long since, boolean full) {}

  private final SyncLog log;
  private final SyncOracle oracle;
  private final SyncWish wish;
  private final boolean isExact;
  private final List<String> problems = new ArrayList<>();

  /**
   * Creates a check of one answer.
   *
   * @param isExact whether all live state events took their entries, without which state before timelines is not exact
   */
  AnswerCheck(SyncLog log, SyncOracle oracle, SyncWish wish, boolean isExact) {
    this.log = log;
    this.oracle = oracle;
    this.wish = wish;
    this.isExact = isExact;
  }

  /** Returns what is wrong with an answer. */
  List<String> check(Asked asked, SyncAnswer answer) {
    long now = SyncAnswer.position(answer.next());
    Set<String> rooms = new TreeSet<>(log.rooms());
    rooms.addAll(answer.rooms().keySet());
    for (String room : rooms) {
      SyncAnswer.Room told = answer.rooms().get(room);
      Optional<Place> place =
          wish.notRooms().contains(room) ? Optional.empty() : place(room, asked, now);
      if (told == null) {
        place
            .filter(there -> isNews(room, there, asked))
            .ifPresent(there -> problems.add(room + " is not listed, but is " + there));
      } else if (place.isEmpty()) {
        problems.add(room + " is listed in " + told.section());
      } else if (told.section() != place.get().section()) {
        problems.add(room + " is listed in " + told.section() + ", but is " + place.get());
      } else {
        check(room, place.get(), asked, told, answer.next());
      }
    }
    return problems;
  }

  /** Returns whether nothing of the rooms is due to a request as of a position. */
  boolean isQuiet(Asked asked, long now) {
    return log.rooms().stream()
        .filter(room -> !wish.notRooms().contains(room))
        .allMatch(room ->
            place(room, asked, now).filter(place -> isNews(room, place, asked)).isEmpty());
  }

  private Optional<Place> place(String room, Asked asked, long now) {
    Long since = asked.since();
    Optional<Place> increment =
        since == null ? Optional.empty() : oracle.increment(room, since, now);
    boolean isWhole = since == null || (asked.full() && increment.isEmpty());
    return isWhole ? oracle.whole(room, now, wish.leave()) : increment;
  }

  private boolean isNews(String room, Place place, Asked asked) {
    Long since = asked.since();
    if (since == null || asked.full() || place.coverage() != Coverage.SINCE) {
      return true;
    }
    if (place.section() == Section.LEAVE) {
      return true;
    }
    Map<String, String> before = log.state(room, since);
    boolean isSame = log.state(room, place.end()).entrySet().stream()
        .allMatch(entry -> entry.getValue().equals(before.get(entry.getKey())));
    List<LoggedEvent> due = oracle.due(room, since, place.end(), wish);
    boolean isAfterGap = log.lastGap(room, since, place.end()) > 0;
    return isAfterGap || !isSame || due.stream().anyMatch(event -> !log.isPurged(event));
  }

  private void check(String room, Place place, Asked asked, SyncAnswer.Room told, String next) {
    Long since = asked.since();
    if (place.coverage() == Coverage.OWN) {
      checkOwn(room, place, since == null ? 0 : since, told, next);
    } else if (place.coverage() == Coverage.SINCE && since != null) {
      List<LoggedEvent> due = oracle.due(room, since, place.end(), wish);
      checkTimeline(room, due, new Lacks(since, place.end()), told);
      checkPrevious(room, told, next);
      checkState(room, place, new Held(asked.full(), since), told);
    } else {
      checkHistory(room, place, told);
      checkState(room, place, new Held(true, null), told);
    }
  }

  /** A range of positions in which events may be missing. */
  private record Lacks(long after, long upTo) {}

  /**
   * Compares a timeline with the events that are due after the last gap. Purged events may be in it, because they may
   * still be in the engine's window.
   */
  private void checkTimeline(
      String room, List<LoggedEvent> due, Lacks lacks, SyncAnswer.Room told) {
    long gap = log.lastGap(room, lacks.after(), lacks.upTo());
    List<LoggedEvent> after =
        due.stream().filter(event -> event.position() >= gap).toList();
    List<String> all = after.stream().map(LoggedEvent::id).toList();
    List<String> left = after.stream()
        .filter(event -> !log.isPurged(event))
        .map(LoggedEvent::id)
        .toList();
    List<String> newest = newest(left);
    boolean isWhole = newest(all).equals(told.timelineIds());
    same(room + " timeline", isWhole ? newest(all) : newest, told.timelineIds());
    boolean isCut = gap > 0 || told.timelineIds().size() < all.size();
    boolean mayLack = lacks.after() < log.purged;
    if (told.limited() ? !isCut && !mayLack : isCut) {
      problems.add(room + " is " + (isCut ? "not limited" : "limited"));
    }
  }

  private List<String> newest(List<String> ids) {
    return ids.subList(Math.max(0, ids.size() - wish.limit()), ids.size());
  }

  private void checkHistory(String room, Place place, SyncAnswer.Room told) {
    List<LoggedEvent> visible = oracle.history(room, place.end(), wish);
    int first = Math.max(0, visible.size() - wish.limit());
    List<LoggedEvent> shown = new ArrayList<>(visible.subList(first, visible.size()));
    boolean isCut = first > 0;
    if (place.section() == Section.LEAVE && wish.limit() > 0) {
      Optional<LoggedEvent> departure = visible.stream()
          .filter(event -> event.position() == place.end()
              && event.isAbout(oracle.user())
              && event.tookItsEntry())
          .findFirst();
      if (departure.isPresent() && !shown.contains(departure.get())) {
        shown.remove(0);
        shown.add(departure.get());
      }
    }
    isCut |= !wish.after() && cutAtHiddenChange(room, place.end(), shown);
    same(room + " history", shown.stream().map(LoggedEvent::id).toList(), told.timelineIds());
    if (told.limited() != (place.isNew() || isCut)) {
      problems.add(room + (told.limited() ? " is limited" : " is not limited"));
    }
    if (!told.timeline().isEmpty()
        && (told.previous() == null || !told.previous().startsWith("t"))) {
      problems.add(room + " history has prev_batch " + told.previous());
    }
  }

  /**
   * Removes the events up to the last one whose entry changed again out of the user's sight, which a client would take
   * for the present one. Returns whether there is one.
   */
  private boolean cutAtHiddenChange(String room, long end, List<LoggedEvent> shown) {
    Map<String, String> state = log.state(room, end);
    Set<String> later = new HashSet<>();
    for (int i = shown.size() - 1; i >= 0; i--) {
      LoggedEvent event = shown.get(i);
      String present = state.get(event.key());
      if (event.isState()
          && later.add(String.valueOf(event.key()))
          && event.tookItsEntry()
          && present != null
          && !present.equals(event.id())
          && !oracle.sees(log.get(present), end)) {
        shown.subList(0, i + 1).clear();
        return true;
      }
    }
    return false;
  }

  private void checkPrevious(String room, SyncAnswer.Room told, String next) {
    String previous = told.previous();
    if (previous == null) {
      problems.add(room + " has no prev_batch");
    } else if (told.timeline().isEmpty()) {
      same(room + " prev_batch", next, previous);
    } else {
      long first = log.get(told.timelineIds().get(0)).position();
      same(room + " prev_batch", first - 1, SyncAnswer.position(previous));
    }
  }

  /** Checks a room of which the user gets the own member event alone. */
  private void checkOwn(String room, Place place, long since, SyncAnswer.Room told, String next) {
    List<SyncLog.Step> steps = oracle.steps(room, place.end()).stream()
        .filter(step -> step.position() > since)
        .toList();
    if (place.section() != Section.LEAVE) {
      StrippedCheck.check(log, oracle, room, place.end(), told).forEach(problems::add);
      return;
    }
    List<LoggedEvent> wanted = steps.stream()
        .flatMap(step -> step.event().stream()
            .filter(event -> event.position() == step.position()
                && wish.wants(event)
                && !oracle.isUnwanted(event)))
        .toList();
    int first = Math.max(0, wanted.size() - wish.limit());
    same(
        room + " own events",
        wanted.subList(first, wanted.size()).stream().map(LoggedEvent::id).toList(),
        told.timelineIds());
    Optional<LoggedEvent> end = steps.get(steps.size() - 1).event();
    List<String> last = end.map(LoggedEvent::id).map(List::of).orElse(List.of());
    boolean isTold = !wish.after() && told.timelineIds().containsAll(last);
    same(
        room + " own state",
        isTold ? List.of() : last,
        told.state().stream().map(SyncAnswer.Event::id).toList());
    Optional<LoggedEvent> begin =
        told.timeline().isEmpty() ? end : Optional.of(log.get(told.timelineIds().get(0)));
    if (begin.filter(LoggedEvent::isOutlier).isEmpty()) {
      checkPrevious(room, told, next);
    } else if (told.previous() != null) {
      problems.add(room + " out of band has prev_batch " + told.previous());
    }
  }

  /**
   * Checks a room's state: each entry that the client lacks is there, and nothing but what changed.
   *
   * @param held what the client has
   */
  private void checkState(String room, Place place, Held held, SyncAnswer.Room told) {
    Long since = held.since();
    Map<String, String> sent = new HashMap<>();
    for (SyncAnswer.Event event : told.state()) {
      if (sent.put(event.key().orElse("no state"), event.id()) != null) {
        problems.add(room + " state has twice " + event.key());
      }
    }
    Map<String, String> before =
        held.wantsAll() || since == null ? Map.of() : log.state(room, since);
    ExpectedState expected = ExpectedState.of(
        log, room, place.end(), since, wish.after() ? List.of() : told.timelineIds());
    Set<String> reasons = wish.lazy() ? membersWithReason(told, held.wantsAll()) : new HashSet<>();
    Set<String> keys = new HashSet<>(expected.entries().keySet());
    keys.addAll(sent.keySet());
    for (String key : keys) {
      String want = expected.entries().get(key);
      String got = sent.get(key);
      String member = LoggedEvent.member(key);
      boolean isLazy = wish.lazy() && member != null;
      boolean hasReason = expected.changed().contains(key) || reasons.contains(member);
      boolean isRequired = want != null
          && !want.equals(before.get(key))
          && (!isLazy || expected.changed().contains(key));
      boolean isAllowed =
          isLazy ? hasReason : held.wantsAll() || expected.changed().contains(key);
      boolean isLoose = !wish.after() && !isExact;
      if (got == null ? isRequired && !isLoose : !isLoose && !got.equals(want)) {
        problems.add(room + " state " + key + " is " + got + ", expected " + want);
      } else if (got != null && !isAllowed && !isEarlierStay(place, isLazy)) {
        problems.add(room + " state has needlessly " + key + " " + got);
      }
    }
  }

  /**
   * What a client has of a room.
   *
   * @param wantsAll whether it is given all state, whatever it has
   * @param since the position up to which it has the state; null: it has none
   */
  private record Held(boolean wantsAll, @Nullable Long since) {}

  /** Returns whether member entries may be there because they changed since an earlier stay. */
  private static boolean isEarlierStay(Place place, boolean isLazy) {
    return isLazy && place.isNew();
  }

  private Set<String> membersWithReason(SyncAnswer.Room told, boolean isWhole) {
    Set<String> users = new HashSet<>();
    if (isWhole) {
      users.add(oracle.user());
    }
    for (SyncAnswer.Event event : told.timeline()) {
      users.add(event.sender());
      event.key().map(LoggedEvent::member).ifPresent(users::add);
    }
    if (told.summary().get("m.heroes") instanceof List<?> heroes) {
      heroes.forEach(hero -> users.add((String) hero));
    }
    return users;
  }

  private void same(String what, Object expected, Object got) {
    if (!expected.equals(got)) {
      problems.add(what + " is " + got + ", expected " + expected);
    }
  }
}
