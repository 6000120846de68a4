package io.github.matrixsync.internal.poll;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.EventForm;
import io.github.matrixsync.domain.StreamToken;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.log.Entry;
import io.github.matrixsync.internal.log.News;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.roster.Joined;
import io.github.matrixsync.internal.roster.Poll;
import io.github.matrixsync.internal.roster.Reader;
import io.github.matrixsync.races.Logged;
import io.github.matrixsync.races.Race;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Polls are answered with news that they share, while the window takes a redaction of it or a poll looks for itself.
 */
class RoundRaceTest {
  private static final int INTERLEAVINGS = 100;
  private static final PollBounds BOUNDS = new PollBounds(100, 100, 100, 0, Duration.ZERO);
  private static final Instant NOW = Instant.EPOCH;
  private static final StreamToken BEFORE = StreamToken.of(2, 0, 0);
  private static final StreamToken AFTER = StreamToken.of(3, 0, 0);
  private static final StoredEvent MESSAGE = Logged.message("$3:h").apply(3);
  private static final StoredEvent REDACTION = Logged.redaction("$4:h", "$3:h").apply(4);
  private static final Entry WHOLE = new Entry(MESSAGE, Optional.empty());
  private static final Entry REDACTED = new Entry(
      MESSAGE.withRedaction(Optional.of(new Redaction(REDACTION.event(), false))),
      Optional.empty());

  /** Two polls that have come to the place before a message, which is published and of which nobody has been told. */
  private static final class Told {
    final Window window = new Window(2, 10, Long.MAX_VALUE);
    final News news;
    final Round round;
    final Poll first;
    final Poll second;

    Told(Poll.Owner owner) {
      window.append(List.of(WHOLE));
      news = News.of(2, 3, List.of(WHOLE), window.edits()).orElseThrow();
      round = new Round(news, AFTER, NOW, window, BOUNDS, false);
      first = parked(Logged.ALICE, owner);
      second = parked(Logged.BOB, owner);
    }

    private static Poll parked(UserId user, Poll.Owner owner) {
      Reader reader = Joined.to(Logged.ROOM, new Reader(user));
      Poll poll = new Poll(owner, reader, BEFORE, StreamOptions.DEFAULT, 0);
      EventBatch nothing = poll.found(BEFORE, BEFORE, List.of());
      if (!nothing.chunk().isEmpty() || !poll.park()) {
        throw new IllegalStateException("it finds nothing, and nobody has woken it");
      }
      return poll;
    }

    /** Returns the message as both may get it. */
    EventBatch answer(Poll poll) {
      return poll.found(BEFORE, AFTER, news.chunk(EventForm.V1, NOW));
    }
  }

  /** Both are told of the message, which is redacted meanwhile. */
  private static class ToldAndRedacted extends Race implements Poll.Owner {
    final Told told = new Told(this);
    private volatile boolean redacted;
    private volatile boolean redactedBeforeTheSecond;

    /** Finds that everything is redacted. */
    private static void look(Poll poll) {
      poll.complete(poll.foundNothing());
    }

    @Override
    protected void one() {
      for (Poll poll : List.of(told.first, told.second)) {
        if (poll.wake() && !told.round.answers(poll)) {
          look(poll);
        }
      }
    }

    /** As the follower does: first the window, then what is published. */
    @Override
    protected final void other() {
      told.window.replace(entry -> REDACTED);
      redacted = true;
    }

    @Override
    protected final void check() {
      require(told.first.isDone() && told.second.isDone(), "both are answered");
      boolean isWhole = !told.second.join().chunk().isEmpty();
      require(!redactedBeforeTheSecond || !isWhole, "nobody is given what was redacted before");
    }

    @Override
    public final void timeUp(Poll poll) {}

    @Override
    public final void ending(Poll poll) {}

    @Override
    public final void ended(Poll poll) {
      if (poll == told.first) {
        redactedBeforeTheSecond = redacted;
      }
    }
  }

  /** Looks once for all whether the message is as it was. */
  private static final class CarelesslyToldAndRedacted extends ToldAndRedacted {
    @Override
    protected void one() {
      boolean isWhole = told.window.edits() == told.news.edits();
      for (Poll poll : List.of(told.first, told.second)) {
        if (poll.wake()) {
          poll.complete(isWhole ? told.answer(poll) : poll.foundNothing());
        }
      }
    }
  }

  /** One of them is told of the message while something else has it look for itself. */
  private static class ToldWhileLooking extends Race implements Poll.Owner {
    final Told told = new Told(this);
    private volatile boolean looking;
    private volatile boolean together;

    private void look(Poll poll) {
      do {
        looking = true;
        boolean isDue = told.window.view().indexAfter(poll.examined().room())
            < told.window.view().end();
        looking = false;
        if (isDue) {
          poll.complete(told.answer(poll));
          return;
        }
      } while (!poll.park());
    }

    @Override
    protected final void one() {
      if (told.first.wake()) {
        look(told.first);
      }
    }

    @Override
    protected void other() {
      for (Poll poll : List.of(told.first, told.second)) {
        if (poll.wake() && !told.round.answers(poll)) {
          look(poll);
        }
      }
    }

    @Override
    protected final void check() {
      require(!together, "two threads ran one poll");
      require(told.first.isDone() && told.second.isDone(), "both are answered");
      EventBatch batch = told.first.join();
      require(batch.chunk().size() == 1 && batch.end().equals(AFTER), "with the message, once");
    }

    @Override
    public final void timeUp(Poll poll) {}

    @Override
    public final void ending(Poll poll) {
      together |= looking && poll == told.first;
    }

    @Override
    public final void ended(Poll poll) {}
  }

  /** Answers a poll whoever runs it. */
  private static final class CarelesslyToldWhileLooking extends ToldWhileLooking {
    @Override
    protected void other() {
      for (Poll poll : List.of(told.first, told.second)) {
        boolean unused = poll.wake();
        poll.complete(told.answer(poll));
      }
    }
  }

  @BeforeAll
  static void encode() {
    WHOLE.encoded(EventForm.V1);
    REDACTED.encoded(EventForm.V1);
  }

  @Test
  void news_redactedMeanwhile_isGivenToNobodyWhoIsToldLater() {
    Race.explore(INTERLEAVINGS, () -> new ToldAndRedacted());
  }

  @Test
  void news_carelessTwinRedactedMeanwhile_isGivenToWhoIsToldLater() {
    Race.assertFound(() -> new CarelesslyToldAndRedacted());
  }

  @Test
  void news_whileAPollLooksForItself_isGivenOnceByOneThread() {
    Race.explore(INTERLEAVINGS, () -> new ToldWhileLooking());
  }

  @Test
  void news_carelessTwinWhileAPollLooksForItself_isGivenByBothThreads() {
    Race.assertFound(() -> new CarelesslyToldWhileLooking());
  }
}
