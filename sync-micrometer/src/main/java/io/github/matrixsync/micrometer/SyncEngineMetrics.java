package io.github.matrixsync.micrometer;

import io.github.matrixsync.SyncEngine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Publishes the statistics and the health of an engine as meters. Thread-safe.
 *
 * <table> <caption>The meters, all of which begin with {@code matrix.sync.}</caption>
 * <tr><th>meter</th><th>kind</th><th>tags</th><th>what</th></tr>
 * <tr><td>{@code healthy}</td><td>gauge</td><td></td><td>1 if the engine follows its stores, else 0</td></tr>
 * <tr><td>{@code polls.parked}</td><td>gauge</td><td></td><td>polls that have begun and not ended</td></tr>
 * <tr><td>{@code polls.oldest}</td><td>gauge, seconds</td><td></td><td>how long ago the oldest of them began</td></tr>
 * <tr><td>{@code polls.begun}</td><td>counter</td><td></td><td>polls</td></tr>
 * <tr><td>{@code polls.refused}</td><td>counter</td><td></td><td>polls beyond a bound</td></tr>
 * <tr><td>{@code polls.woken}</td><td>counter</td><td></td><td>parked polls woken because something came</td></tr>
 * <tr><td>{@code polls.woken.empty}</td><td>counter</td><td></td><td>those of them that found nothing due</td></tr>
 * <tr><td>{@code window.events}</td><td>gauge</td><td></td><td>events in the window</td></tr>
 * <tr><td>{@code window.size}</td><td>gauge, bytes</td><td></td><td>their JSON, encodings included</td></tr>
 * <tr><td>{@code window.positions}</td><td>gauge</td><td></td><td>positions that the window spans</td></tr>
 * <tr><td>{@code window.gets}</td><td>counter</td><td>{@code result}: hit, miss</td><td>looks of polls, by whether the
 * window answered them</td></tr>
 * <tr><td>{@code stream.position}</td><td>gauge</td><td>{@code stream}</td><td>up to where a stream is
 * followed</td></tr>
 * <tr><td>{@code stream.lag}</td><td>gauge</td><td>{@code stream}</td><td>positions that this is behind the
 * store</td></tr>
 * <tr><td>{@code snapshots.active}</td><td>gauge</td><td></td><td>snapshots that are being taken</td></tr>
 * <tr><td>{@code snapshots.runs}</td><td>counter</td><td></td><td>snapshots taken</td></tr>
 * <tr><td>{@code snapshots.shared}</td><td>counter</td><td></td><td>requests that got a snapshot taken for
 * another</td></tr>
 * <tr><td>{@code snapshots.refused}</td><td>counter</td><td></td><td>snapshots beyond the bound</td></tr>
 * <tr><td>{@code snapshots.size}</td><td>gauge, bytes</td><td></td><td>what the snapshots that are being taken refer
 * to</td></tr>
 * <tr><td>{@code events.damaged}</td><td>counter</td><td></td><td>events left out, their JSON is damaged</td></tr>
 * <tr><td>{@code store.calls}</td><td>timer</td><td>{@code call}</td><td>calls of a method of a store that
 * ended</td></tr>
 * <tr><td>{@code store.calls.failed}</td><td>counter</td><td>{@code call}</td><td>those of them that failed</td></tr>
 * <tr><td>{@code store.calls.active}</td><td>gauge</td><td>{@code call}</td><td>calls that have not ended</td></tr>
 * <tr><td>{@code store.calls.longest}</td><td>gauge, seconds</td><td>{@code call}</td><td>the longest call since the
 * engine began</td></tr>
 * <tr><td>{@code cache.gets}</td><td>counter</td><td>{@code cache}, {@code result}: hit, miss</td><td>requests to a
 * cache</td></tr>
 * <tr><td>{@code cache.evictions}</td><td>counter</td><td>{@code cache}</td><td>entries that had to go</td></tr>
 * <tr><td>{@code cache.entries}</td><td>gauge</td><td>{@code cache}</td><td>entries</td></tr>
 * <tr><td>{@code cache.size}</td><td>gauge, bytes</td><td>{@code cache}</td><td>their bytes</td></tr>
 * </table>
 *
 * <p>The statistics are read at most once a second, however many meters are read. Once the engine is closed, the meters
 * keep their last values; {@link #close} removes them from their registries.
 *
 * @since 0.1.0
 */
public final class SyncEngineMetrics implements MeterBinder, AutoCloseable {
  private final SyncEngine engine;
  private final List<Tag> tags;
  private final List<Meters> bound = new CopyOnWriteArrayList<>();

  /** Creates the meters of the only engine of a registry, without tags of their own. */
  public SyncEngineMetrics(SyncEngine engine) {
    this(engine, List.of());
  }

  /** Creates the meters of an engine, with tags that distinguish it from other engines. */
  public SyncEngineMetrics(SyncEngine engine, Collection<Tag> tags) {
    this.engine = Objects.requireNonNull(engine, "engine");
    this.tags = List.copyOf(tags);
  }

  /** Adds the meters to a registry. The engine must be open. */
  @Override
  public void bindTo(MeterRegistry registry) {
    Latest latest = new Latest(engine, registry.config().clock());
    Meters meters = new Meters(registry, latest, tags);
    meters.register();
    bound.add(meters);
  }

  /** Removes the meters from all registries. Closing again does nothing. */
  @Override
  public void close() {
    bound.forEach(Meters::remove);
    bound.clear();
  }
}
