package io.github.matrixsync.internal.sync;

import io.github.matrixsync.call.TokenAheadException;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.ephemeral.TokenRange;
import io.github.matrixsync.internal.follow.StreamFollowers;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.longpoll.Looks;
import io.github.matrixsync.internal.longpoll.Poll;
import io.github.matrixsync.internal.longpoll.SettingsReads;
import io.github.matrixsync.internal.longpoll.UnfinishedLook;
import io.github.matrixsync.internal.membership.Reader;
import io.github.matrixsync.internal.membership.Roster;
import io.github.matrixsync.internal.room.ViewerContext;
import io.github.matrixsync.internal.stores.EngineContext;
import io.github.matrixsync.operation.PollObserver;
import io.github.matrixsync.store.device.DeviceKeyCounts;
import io.github.matrixsync.sync.SyncOptions;
import io.github.matrixsync.sync.SyncResponse;
import io.github.matrixsync.sync.SyncRooms;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the looks of polls of {@code /sync}, and its answers that have everything. Thread-safe.
 *
 * <p>Source: {@code GET /sync} of the Client-Server API r0 and v3.
 */
public final class SyncLooks implements Looks<SyncOptions, SyncResponse> {
  private final SyncAnswers answers;
  private final Roster roster;
  private final StreamFollowers followers;
  private final Window window;
  private final SettingsReads settings;
  private final InstantSource clock;
  private final Optional<DeviceKeyCounts> keyCounts;

  public SyncLooks(
      EngineContext context,
      SyncAnswers answers,
      Roster roster,
      StreamFollowers followers,
      Window window) {
    this.answers = answers;
    this.roster = roster;
    this.followers = followers;
    this.window = window;
    settings = new SettingsReads(context, roster);
    clock = context.clock();
    keyCounts = context.stores().roles().keyCounts();
  }

  @Override
  public @Nullable SyncResponse look(
      Poll<SyncOptions, SyncResponse> poll,
      boolean mayBlock,
      UnfinishedLook<SyncResponse> unfinished) {
    if (mayBlock) {
      prepare(poll.reader(), poll.hasLooked());
      acknowledge(poll);
    } else if (!isInMemory(poll)) {
      return null;
    }
    StreamToken after = poll.after();
    StreamToken published = poll.hasLooked() ? followers.woken() : followers.published();
    Optional<StreamToken> now = mayBlock
        ? Optional.of(followers.withCurrentRoom(published))
        : followers.withCurrentRoomInMemory(published);
    if (now.isEmpty()) {
      return null;
    }
    StreamToken end = now.get().max(after);
    SyncAnswers.Increment increment = answers
        .increment(
            poll.reader(),
            viewer(poll.reader(), poll.request(), end),
            poll.start(),
            new TokenRange(after, end),
            mayBlock)
        .orElse(null);
    if (increment == null) {
      return null;
    }
    boolean isSent = poll.isExpired() || !increment.answer().isEmpty();
    if (!isSent) {
      return looked(poll, after, increment.answer());
    }
    if (!mayBlock && (answers.mustRead(increment) || hasKeyCounts(poll.request()))) {
      unfinished.keep(() -> looked(poll, after, complete(increment)));
      return null;
    }
    return looked(poll, after, complete(increment));
  }

  private SyncResponse complete(SyncAnswers.Increment increment) {
    ViewerContext viewer = increment.viewer();
    return withKeyCounts(viewer.user(), viewer.options(), answers.complete(increment));
  }

  private static SyncResponse looked(
      Poll<SyncOptions, SyncResponse> poll, StreamToken after, SyncResponse answer) {
    poll.looked(after, answer.nextBatch(), !answer.isEmpty());
    return answer;
  }

  /** Acknowledges the messages that the device has, once for a request: before its first look. */
  private void acknowledge(Poll<SyncOptions, SyncResponse> poll) {
    if (!poll.hasLooked()) {
      answers.inbox().acknowledge(poll.reader().user(), poll.request(), poll.after());
    }
  }

  /** Adds the counts of the device's keys to an answer that is sent; every answer has them. May block. */
  private SyncResponse withKeyCounts(UserId user, SyncOptions options, SyncResponse answer) {
    return hasKeyCounts(options)
        ? answer.withKeyCounts(
            keyCounts.orElseThrow().counts(user, options.device().orElseThrow()))
        : answer;
  }

  private boolean hasKeyCounts(SyncOptions options) {
    return keyCounts.isPresent() && options.device().isPresent();
  }

  @Override
  public SyncResponse nothing(Poll<SyncOptions, SyncResponse> poll) {
    return new SyncResponse(
        poll.after().max(poll.start()),
        poll.request().stateMode(),
        SyncRooms.NONE,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public boolean isEmpty(SyncResponse answer) {
    return answer.isEmpty();
  }

  @Override
  public boolean isPresenceOnly(SyncResponse answer) {
    return answer.isPresenceOnly();
  }

  @Override
  public void tellBegan(PollObserver observer, UserId user, SyncOptions options) {
    observer.syncBegan(user, options.device(), options.presence());
  }

  @Override
  public void tellEnded(PollObserver observer, UserId user, SyncOptions options) {
    observer.syncEnded(user, options.device(), options.presence());
  }

  /**
   * Returns everything there is. May block.
   *
   * @param since the token that the client shows, if it asks for the full state; null if it has nothing
   * @param counter gets the number of bytes read; an exception it throws ends the reading
   */
  public SyncResponse whole(
      UserId user, SyncOptions options, @Nullable StreamToken since, LongConsumer counter) {
    if (since != null) {
      answers.inbox().acknowledge(user, options, since);
    }
    return read(user, options, since, false, counter);
  }

  private SyncResponse read(
      UserId user,
      SyncOptions options,
      @Nullable StreamToken since,
      boolean isAnew,
      LongConsumer counter) {
    Reader reader = roster.acquire(user);
    try {
      prepare(reader, false);
      ViewerContext viewer = viewer(reader, options, followers.current());
      SyncResponse answer =
          answers.whole(reader, isAnew ? viewer.withAllMembers() : viewer, since, isAnew, counter);
      return withKeyCounts(user, options, answer);
    } finally {
      roster.release(reader);
    }
  }

  /**
   * Returns everything there is to a client that shows a token of a stream that this is not, or is not any more. All
   * timelines are limited, so a client that takes it for an increment drops its own; all members are in the states, as
   * the client may hold old ones; and everybody's devices may have changed. May block.
   */
  public SyncResponse anew(UserId user, SyncOptions options, LongConsumer counter) {
    return read(user, options, null, true, counter).limited();
  }

  /**
   * Returns whether a token is beyond the end of a stream, also after these were looked at again. Blocks if it seems to
   * be.
   */
  public boolean isAhead(UserId user, StreamToken since) {
    if (!since.isAheadOf(followers.published())) {
      return false;
    }
    try {
      followers.requireNotAhead(user, since);
      return false;
    } catch (TokenAheadException e) {
      return true;
    }
  }

  private ViewerContext viewer(Reader reader, SyncOptions options, StreamToken end) {
    return new ViewerContext(
        reader.user(), options, reader.settings().ignored(), end, clock.instant());
  }

  /** Returns whether a look probably needs no store read. */
  private boolean isInMemory(Poll<SyncOptions, SyncResponse> poll) {
    return poll.reader().isLoaded()
        && (poll.hasLooked()
            || answers.inbox().isAcknowledged(poll.reader().user(), poll.request(), poll.after()))
        && settings.areFresh(poll.reader(), poll.hasLooked())
        && !followers.isBehind()
        && window.after() <= poll.after().room();
  }

  private void prepare(Reader reader, boolean hasLooked) {
    settings.read(reader, hasLooked);
    followers.catchUp();
    roster.load(reader);
  }
}
