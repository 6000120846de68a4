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
 * The laws that a client relies on, checked over whatever store an engine has: however the polls of a user's stream are
 * cut, they bring the same events, and a snapshot with the stream after it is a later snapshot. For authors of stores
 * and of hosts with events of their own, beside the contract tests of {@code sync-store-tck}.
 *
 * <p>A new engine reads its store; one that has run for a while answers from memory what is recent. So an author checks
 * one that was built after the events were stored. Pure but for the calls of the engine, which block.
 *
 * @since 0.1.0
 */
public final class SyncLaws {
  private static final int SPLITS = 10;

  /** The most messages of a room in a snapshot; an engine gives no more by default. */
  private static final int MESSAGES = 1_000;

  private SyncLaws() {}

  /**
   * Checks what is stored: any split of each user's whole stream brings the same, and what it tells of memberships,
   * state and messages is what the snapshot has.
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
   * Checks what happens: takes each user's snapshot, lets events be stored, and checks that the snapshot with any split
   * of the stream is the snapshot afterwards.
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
