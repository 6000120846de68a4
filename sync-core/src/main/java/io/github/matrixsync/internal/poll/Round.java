package io.github.matrixsync.internal.poll;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.ClientEvent;
import io.github.matrixsync.domain.InvalidEventException;
import io.github.matrixsync.domain.StreamToken;
import io.github.matrixsync.internal.log.News;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.roster.Poll;
import io.github.matrixsync.internal.roster.Reader;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One chunk's answers to polls that lack some news and nothing else: all as of one moment, while the window has the news as it was. Confined to one thread.
 */
final class Round {
  private final News news;
  private final StreamToken end;
  private final Instant now;
  private final Window window;
  private final PollBounds bounds;
  private final boolean hasSettings;
  private @Nullable StreamToken known;
  private @Nullable EventBatch last;

  /**
   * Answers with news up to where it goes.
   *
   * @param end what is published, which is no more than the news
   * @param hasSettings whether users can set anything for themselves
   */
  Round(
      News news,
      StreamToken end,
      Instant now,
      Window window,
      PollBounds bounds,
      boolean hasSettings) {
    this.news = news;
    this.end = end;
    this.now = now;
    this.window = window;
    this.bounds = bounds;
    this.hasSettings = hasSettings;
  }

  /** Answers a running poll, if the news is all that it lacks. */
  boolean answers(Poll poll) {
    if (!lacksTheNews(poll.examined()) || !isFor(poll)) {
      return false;
    }
    List<ClientEvent> chunk;
    try {
      chunk = news.chunk(poll.form(), now);
    } catch (InvalidEventException e) {
      return false; // the poll's own look leaves the damaged event out, and reports it
    }
    if (window.edits() != news.edits()) {
      return false;
    }
    poll.complete(batch(poll.start(), chunk));
    return true;
  }

  /** Returns the answer, which is the same one for all who began at the same place. */
  @SuppressWarnings("ReferenceEquality") // a list that only looks the same may have other ages
  private EventBatch batch(StreamToken start, List<ClientEvent> chunk) {
    EventBatch batch = last;
    if (batch == null || batch.chunk() != chunk || !batch.start().equals(start)) {
      batch = new EventBatch(start, end.max(start), chunk);
      last = batch;
    }
    return batch;
  }

  /** Returns whether who has come to a place lacks the news and nothing else. Most polls stand at the same one. */
  @SuppressWarnings("ReferenceEquality") // a quick way around the comparison below
  private boolean lacksTheNews(StreamToken place) {
    if (place == known) {
      return true;
    }
    boolean lacks = place.room() == news.after() && place.withRoom(end.room()).equals(end);
    if (lacks) {
      known = place;
    }
    return lacks;
  }

  private boolean isFor(Poll poll) {
    Reader reader = poll.reader();
    return news.size() < bounds.limit(poll.limit())
        && poll.hasLooked()
        && poll.room().isEmpty()
        && (!hasSettings || reader.preferences().isRead())
        && reader.isMember(news.room(), news.through(), poll.examined())
        && window.after() <= news.after()
        && news.isDueTo(reader.user(), reader.preferences().ignored());
  }
}
