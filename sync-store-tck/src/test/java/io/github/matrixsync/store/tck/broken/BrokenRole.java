package io.github.matrixsync.store.tck.broken;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.ephemeral.TypingChange;
import io.github.matrixsync.store.tck.reference.ReferenceAccountData;
import io.github.matrixsync.store.tck.reference.ReferenceDirectory;
import io.github.matrixsync.store.tck.reference.ReferencePresences;
import io.github.matrixsync.store.tck.reference.ReferenceReceipts;
import io.github.matrixsync.store.tck.reference.ReferenceSettings;
import io.github.matrixsync.store.tck.reference.ReferenceTyping;
import io.github.matrixsync.store.tck.reference.StoresUnderTest;
import io.github.matrixsync.store.tck.support.Events;
import io.github.matrixsync.store.tck.support.Rule;
import io.github.matrixsync.store.tck.support.Threads;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;

/**
 * A small role that breaks one rule and keeps all others; presence stands for what coalescing streams have in common.
 *
 * @param rule the rule that it breaks
 * @param how in which way
 * @param role puts it in the place of the reference
 */
public record BrokenRole(Rule rule, String how, Runnable role) {
  public static final List<BrokenRole> ALL = List.of(
      presence(Rule.W3, "watermark takes the lock of reads", LocksForWatermark::new),
      presence(Rule.L1, "every other signal is lost", LosesSignals::new),
      presence(Rule.L2, "signals under the lock", SignalsUnderLock::new),
      presence(Rule.B1, "after is inclusive", AfterIsInclusive::new),
      presence(Rule.B2, "the limit cuts off the lowest", CutsLowest::new),
      presence(Rule.B3, "one user is missing", OneIsMissing::new),
      presence(Rule.R1, "results can be changed", Mutable::new),
      presence(Rule.R2, "what was forgotten is left out silently", SilentlyShort::new),
      presence(Rule.C1, "earlier entries stay", EarlierStay::new),
      presence(Rule.C1, "comes below the watermark", ComesBelow::new),
      presence(Rule.C1, "the same again takes a position", SameTakesPosition::new),
      presence(Rule.C2, "current is that of one change ago", StaleCurrent::new),
      presence(Rule.C2, "current is everybody's", CurrentOfAll::new),
      new BrokenRole(Rule.C3, "restarts at 1", () -> StoresUnderTest.restart = before -> 1L),
      presence(Rule.C3, "forgets silently", ForgetsSilently::new),
      new BrokenRole(
          Rule.C1,
          "one receipt for all threads",
          () -> StoresUnderTest.receipts = ThreadsAreOne::new),
      new BrokenRole(
          Rule.N1,
          "who blocked invites does so for ever",
          () -> StoresUnderTest.settings = BlocksForEver::new),
      accountData(Rule.C1, "one entry for all rooms", RoomsAreOne::new),
      accountData(Rule.C1, "takes other bytes for the same", IgnoresBlanks::new),
      accountData(Rule.C2, "content is written anew", WritesAnew::new),
      accountData(Rule.C2, "current is without the rooms'", GlobalAlone::new),
      presence(Rule.V1, "lone surrogates become question marks", TextsInUtf8::new),
      accountData(Rule.V1, "types end at U+0000", TypesEnd::new),
      typing(Rule.T1, "expire looks at whole seconds", WholeSeconds::new),
      typing(Rule.T1, "who goes on typing goes to the end", GoesToTheEnd::new),
      typing(Rule.T1, "typing goes on at its deadline", GoesOn::new),
      typing(Rule.T1, "the end has no position", EndsSilently::new),
      typing(Rule.T1, "the latest deadline is next", LatestIsNext::new),
      typing(Rule.T2, "a sooner deadline is kept quiet", QuietDeadline::new),
      new BrokenRole(
          Rule.N1,
          "published rooms stay so",
          () -> StoresUnderTest.directory = StaysPublished::new),
      new BrokenRole(
          Rule.N1,
          "an alias goes to who asks last",
          () -> StoresUnderTest.directory = TakesAliases::new),
      new BrokenRole(
          Rule.N1,
          "a room forgotten at the same time is lost",
          () -> StoresUnderTest.settings = ForgetsByRewriting::new),
      new BrokenRole(
          Rule.L1,
          "a room no longer forgotten in silence",
          () -> StoresUnderTest.settings = UnforgetsInSilence::new),
      new BrokenRole(
          Rule.N1,
          "erased users nobody asked for",
          () -> StoresUnderTest.settings = AllErased::new),
      new BrokenRole(
          Rule.L1,
          "one user's settings change in silence",
          () -> StoresUnderTest.settings = SilentForBob::new),
      new BrokenRole(
          Rule.L2,
          "settings tell under the lock",
          () -> StoresUnderTest.settings = TellsUnderLock::new),
      new BrokenRole(
          Rule.R1,
          "settings give out their own set",
          () -> StoresUnderTest.settings = OwnSet::new));

  @Override
  public String toString() {
    return rule.name() + " " + how;
  }

  private static final class ThreadsAreOne extends ReferenceReceipts {
    ThreadsAreOne(long first) {
      super(first);
    }

    @Override
    public Object entryOf(ReceiptChange change) {
      return List.of(change.room(), change.user(), change.type());
    }
  }

  private static final class BlocksForEver extends ReferenceSettings {
    BlocksForEver(Tables tables) {
      super(tables);
    }

    @Override
    public void setBlocksInvites(UserId user, boolean blocks) {
      super.setBlocksInvites(user, true);
    }
  }

  private static BrokenRole presence(
      Rule rule, String how, LongFunction<ReferencePresences> maker) {
    return new BrokenRole(rule, how, () -> StoresUnderTest.presences = maker);
  }

  private static BrokenRole accountData(
      Rule rule, String how, LongFunction<ReferenceAccountData> maker) {
    return new BrokenRole(rule, how, () -> StoresUnderTest.accountData = maker);
  }

  private static BrokenRole typing(Rule rule, String how, LongFunction<ReferenceTyping> maker) {
    return new BrokenRole(rule, how, () -> StoresUnderTest.typing = maker);
  }

  private static final class LocksForWatermark extends ReferencePresences {
    private final Object reads = new Object();

    LocksForWatermark(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public long watermark() {
      synchronized (reads) {
        return super.watermark();
      }
    }

    @Override
    public List<PresenceChange> current(Collection<UserId> keys) {
      synchronized (reads) {
        return super.current(keys);
      }
    }
  }

  private static final class LosesSignals extends ReferencePresences {
    private int published;

    LosesSignals(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public void publish() {
      boolean lost;
      synchronized (storage) {
        take();
        lost = published++ % 2 == 1;
      }
      if (!lost) {
        super.publish();
      }
    }
  }

  private static final class SignalsUnderLock extends ReferencePresences {
    SignalsUnderLock(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public void publish() {
      synchronized (storage) {
        super.publish();
      }
    }
  }

  private static final class AfterIsInclusive extends ReferencePresences {
    AfterIsInclusive(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public List<PresenceChange> changes(long after, long upTo, int limit) {
      List<PresenceChange> unused = super.changes(after, upTo, limit);
      return super.changes(Math.max(retainedAfter(), after - 1), upTo, limit);
    }
  }

  private static final class CutsLowest extends ReferencePresences {
    CutsLowest(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public List<PresenceChange> changes(long after, long upTo, int limit) {
      List<PresenceChange> all = super.changes(after, upTo, Integer.MAX_VALUE);
      return all.subList(Math.max(0, all.size() - limit), all.size());
    }
  }

  private static final class OneIsMissing extends ReferencePresences {
    OneIsMissing(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public List<PresenceChange> changes(long after, long upTo, int limit) {
      List<PresenceChange> all = super.changes(after, upTo, limit);
      return limit < 10
          ? all
          : all.stream().filter(change -> !change.user().equals(Events.CAROL)).toList();
    }
  }

  private static final class Mutable extends ReferencePresences {
    Mutable(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public List<PresenceChange> changes(long after, long upTo, int limit) {
      return new ArrayList<>(super.changes(after, upTo, limit));
    }
  }

  private static final class SilentlyShort extends ReferencePresences {
    SilentlyShort(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public List<PresenceChange> changes(long after, long upTo, int limit) {
      return super.changes(Math.max(after, retainedAfter()), upTo, limit);
    }
  }

  private static final class EarlierStay extends ReferencePresences {
    private final List<PresenceChange> all = new ArrayList<>();

    EarlierStay(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public long put(LongFunction<PresenceChange> changeAt) {
      synchronized (storage) {
        long position = super.put(changeAt);
        all.add(changeAt.apply(position));
        return position;
      }
    }

    @Override
    public List<PresenceChange> changes(long after, long upTo, int limit) {
      synchronized (storage) {
        super.changes(after, upTo, limit);
        return all.stream()
            .filter(row -> row.position() > after && row.position() <= upTo)
            .limit(limit)
            .toList();
      }
    }
  }

  private static final class ComesBelow extends ReferencePresences {
    private final Meeting untilPassed = new Meeting(1);
    private final Meeting untilSeen = new Meeting(1);
    private final Object turn = new Object();

    ComesBelow(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public long set(PresenceChange presence) {
      synchronized (storage) {
        for (PresenceChange row : storage.rows) {
          if (row.equals(at(presence, row.position()))) {
            return row.position();
          }
        }
      }
      long position;
      synchronized (turn) {
        position = store(presence);
      }
      publish();
      return position;
    }

    private long store(PresenceChange presence) {
      long position;
      synchronized (storage) {
        position = ++storage.last;
        watermark = storage.last;
      }
      boolean isPassed = untilPassed.hold(position) || untilPassed.reached() >= position;
      synchronized (storage) {
        storage.rows.removeIf(row -> entryOf(row).equals(entryOf(presence)));
        storage.rows.add(at(presence, position));
      }
      if (isPassed) {
        // The next look to end may have begun before the row was there; the one after that did not.
        untilSeen.hold(untilSeen.reached() + 2);
      }
      return position;
    }

    @Override
    public List<PresenceChange> changes(long after, long upTo, int limit) {
      List<PresenceChange> found = super.changes(after, upTo, limit);
      untilSeen.lookAgain();
      untilPassed.look(upTo);
      return found;
    }
  }

  private static final class SameTakesPosition extends ReferencePresences {
    SameTakesPosition(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public long set(PresenceChange presence) {
      long position = put(next -> at(presence, next));
      publish();
      return position;
    }
  }

  private static final class StaleCurrent extends ReferencePresences {
    private List<PresenceChange> before = List.of();

    StaleCurrent(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public long put(LongFunction<PresenceChange> changeAt) {
      synchronized (storage) {
        before = List.copyOf(storage.rows);
        return super.put(changeAt);
      }
    }

    @Override
    public List<PresenceChange> current(Collection<UserId> keys) {
      synchronized (storage) {
        Set<UserId> asked = Set.copyOf(keys);
        return before.stream().filter(row -> asked.contains(row.user())).toList();
      }
    }
  }

  private static final class CurrentOfAll extends ReferencePresences {
    CurrentOfAll(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public List<PresenceChange> current(Collection<UserId> keys) {
      synchronized (storage) {
        super.current(keys);
        return List.copyOf(storage.rows);
      }
    }
  }

  private static final class ForgetsSilently extends ReferencePresences {
    ForgetsSilently(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public long retainedAfter() {
      return 0;
    }
  }

  private static final class RoomsAreOne extends ReferenceAccountData {
    RoomsAreOne(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public Object entryOf(AccountDataChange change) {
      return List.of(change.user(), change.room().isPresent(), change.type());
    }
  }

  private static final class IgnoresBlanks extends ReferenceAccountData {
    IgnoresBlanks(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public boolean isSame(AccountDataChange row, AccountDataChange entry) {
      return withoutBlanks(row).equals(withoutBlanks(entry));
    }
  }

  private static final class WritesAnew extends ReferenceAccountData {
    WritesAnew(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public List<AccountDataChange> current(Collection<UserId> keys) {
      synchronized (storage) {
        return super.current(keys).stream()
            .map(row -> new AccountDataChange(
                row.position(), row.user(), row.room(), row.type(), RawJson.of(withoutBlanks(row))))
            .toList();
      }
    }
  }

  private static final class GlobalAlone extends ReferenceAccountData {
    GlobalAlone(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public List<AccountDataChange> current(Collection<UserId> keys) {
      synchronized (storage) {
        return super.current(keys).stream().filter(row -> row.room().isEmpty()).toList();
      }
    }
  }

  private static String withoutBlanks(AccountDataChange change) {
    return change.content().toString().replace(" ", "");
  }

  private static final class TextsInUtf8 extends ReferencePresences {
    TextsInUtf8(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public List<PresenceChange> changes(long after, long upTo, int limit) {
      return super.changes(after, upTo, limit).stream()
          .map(row -> new PresenceChange(
              row.position(),
              row.user(),
              row.state(),
              row.statusMessage().map(TextsInUtf8::column),
              row.lastActive(),
              row.displayName(),
              row.avatarUrl()))
          .toList();
    }

    private static String column(String text) {
      return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
  }

  private static final class TypesEnd extends ReferenceAccountData {
    TypesEnd(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public Object entryOf(AccountDataChange change) {
      return List.of(change.user(), change.room(), change.type().split("\0", 2)[0]);
    }
  }

  /** The timer would be set for a time that has passed, again and again. */
  private static final class WholeSeconds extends ReferenceTyping {
    WholeSeconds(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public boolean isOver(Typing one, Instant now) {
      return super.isOver(one, now)
          && !one.deadline()
              .truncatedTo(ChronoUnit.SECONDS)
              .equals(now.truncatedTo(ChronoUnit.SECONDS));
    }
  }

  private static final class GoesToTheEnd extends ReferenceTyping {
    GoesToTheEnd(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public void goOn(Typing typing) {
      storage.typing.removeIf(one -> isOf(one, typing.room(), typing.user()));
      storage.typing.add(typing);
    }
  }

  private static final class GoesOn extends ReferenceTyping {
    GoesOn(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public boolean isOver(Typing one, Instant now) {
      return one.deadline().isBefore(now);
    }
  }

  private static final class QuietDeadline extends ReferenceTyping {
    QuietDeadline(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public void moved() {}
  }

  private static final class EndsSilently extends ReferenceTyping {
    EndsSilently(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public void expire(Instant now) {
      synchronized (storage) {
        storage.typing.removeIf(one -> isOver(one, now));
        storage.rows.replaceAll(row -> new TypingChange(
            row.position(),
            row.room(),
            storage.typing.stream()
                .filter(one -> one.room().equals(row.room()))
                .map(Typing::user)
                .toList()));
      }
    }
  }

  private static final class LatestIsNext extends ReferenceTyping {
    LatestIsNext(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public Optional<Instant> nextDeadline() {
      synchronized (storage) {
        return storage.typing.stream().map(Typing::deadline).max(Instant::compareTo);
      }
    }
  }

  private static final class StaysPublished extends ReferenceDirectory {
    StaysPublished(Tables tables) {
      super(tables);
    }

    @Override
    public void setPublished(RoomId room, boolean isPublished) {
      super.setPublished(room, true);
    }
  }

  private static final class TakesAliases extends ReferenceDirectory {
    TakesAliases(Tables tables) {
      super(tables);
    }

    @Override
    public boolean addAlias(RoomId room, RoomAlias alias) {
      removeAlias(alias);
      return super.addAlias(room, alias);
    }
  }

  private static final class AllErased extends ReferenceSettings {
    AllErased(Tables tables) {
      super(tables);
    }

    @Override
    public Set<UserId> erased(Collection<UserId> users) {
      synchronized (tables) {
        return Set.copyOf(tables.erased);
      }
    }
  }

  /** Reads what is forgotten, and writes it back with one more: as a JSON column is easily written. */
  private static final class ForgetsByRewriting extends ReferenceSettings {
    private final CyclicBarrier bothRead = new CyclicBarrier(2);

    ForgetsByRewriting(Tables tables) {
      super(tables);
    }

    @Override
    public void forget(UserId user, RoomId room) {
      Set<RoomId> rooms = union(forgotten(user), Set.of(room));
      if (Thread.currentThread().getName().equals(Threads.NAME)) {
        awaitOther();
      }
      change(user, () -> tables.forgotten.put(user, rooms));
    }

    private void awaitOther() {
      try {
        bothRead.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
        // Nobody else forgets at the moment.
      }
    }
  }

  private static final class SilentForBob extends ReferenceSettings {
    SilentForBob(Tables tables) {
      super(tables);
    }

    @Override
    public void tell(UserId user) {
      if (!user.equals(Events.BOB)) {
        super.tell(user);
      }
    }
  }

  /** One kind of change is forgotten where listeners are told. */
  private static final class UnforgetsInSilence extends ReferenceSettings {
    UnforgetsInSilence(Tables tables) {
      super(tables);
    }

    @Override
    public void unforget(UserId user, RoomId room) {
      synchronized (tables) {
        Set<RoomId> rest = new HashSet<>(forgotten(user));
        rest.remove(room);
        tables.forgotten.put(user, Set.copyOf(rest));
      }
    }
  }

  private static final class TellsUnderLock extends ReferenceSettings {
    TellsUnderLock(Tables tables) {
      super(tables);
    }

    @Override
    public void tell(UserId user) {
      synchronized (tables) {
        super.tell(user);
      }
    }
  }

  private static final class OwnSet extends ReferenceSettings {
    OwnSet(Tables tables) {
      super(tables);
    }

    @Override
    public Set<UserId> ignored(UserId user) {
      return new HashSet<>(super.ignored(user));
    }
  }
}
