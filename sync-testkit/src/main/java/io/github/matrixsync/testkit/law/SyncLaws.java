package io.github.matrixsync.testkit.law;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Checks two laws that clients rely on, for an engine over any store. The stream law: polls of a user's stream return
 * the same events whatever their limits. The snapshot law: a snapshot and the stream after it result in the later
 * snapshot. For authors of stores, and of hosts with events of their own, in addition to the contract tests of {@code
 * sync-store-tck}.
 *
 * <p>An engine answers from memory what it has followed since it was built. To check a store, build the engine after
 * the events were stored, so that it must read them. It reads the log in pages of 1,000 events: for a store that cuts
 * its pages by that limit alone, store more events than that. Calls of the engine block.
 *
 * @since 0.1.0
 */
public final class SyncLaws {
  private static final int SPLITS = 10;

  /** The maximum number of messages of a room in a snapshot, which is an engine's default. */
  private static final int MESSAGES = 1_000;

  private SyncLaws() {}

  /**
   * Checks the events that are stored: any split of each user's whole stream returns the same events, and memberships,
   * state and messages in the stream are those of the snapshot.
   *
   * @param seed selects the splits; a violation is found again with the same one
   * @throws AssertionError if a law is broken; the message names the user, the room, the tokens and the smallest split
   */
  public static void check(SyncApi engine, Collection<UserId> users, long seed) {
    for (UserId user : users) {
      StreamReader reader = new StreamReader(engine, user);
      StreamToken start = reader.oldest();
      ClientView view = start.room() == 0 ? ClientView.ofNothing(user) : ClientView.unknown(user);
      check(reader, start, view, seed);
    }
  }

  /**
   * Checks new events: takes each user's snapshot, lets events be stored, and checks that the snapshot and any split of
   * the stream after it result in the later snapshot.
   *
   * @param seed selects the splits; a violation is found again with the same one
   * @param history stores events, and returns when they are stored
   * @throws AssertionError if a law is broken; the message names the user, the room, the tokens and the smallest split
   */
  public static void check(SyncApi engine, Collection<UserId> users, long seed, Runnable history) {
    Map<UserId, InitialSync> before = new LinkedHashMap<>();
    users.forEach(user -> before.put(user, engine.initialSync(user, MESSAGES)));
    history.run();
    before.forEach((user, snapshot) -> {
      StreamReader reader = new StreamReader(engine, user);
      check(reader, snapshot.end(), ClientView.of(user, snapshot), seed);
    });
  }

  private static void check(StreamReader reader, StreamToken start, ClientView view, long seed) {
    InitialSync snapshot = reader.snapshot(MESSAGES);
    Streamed whole = reader.read(start, snapshot.end(), List.of());
    whole.requireNoEventTwice();
    Random random = new Random(seed);
    for (int i = 0; i < SPLITS; i++) {
      List<Integer> split = Splits.random(random, whole.size());
      if (!reader.read(start, snapshot.end(), split).equals(whole)) {
        List<Integer> smallest = Splits.smallest(
            whole.size(),
            split,
            tried -> !reader.read(start, snapshot.end(), tried).equals(whole));
        throw reader.read(start, snapshot.end(), smallest).differs(whole, smallest, seed);
      }
    }
    whole.events().forEach(view::take);
    view.requireSame(snapshot, MESSAGES, "from " + start + " to " + snapshot.end());
  }
}
