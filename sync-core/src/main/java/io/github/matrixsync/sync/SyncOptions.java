package io.github.matrixsync.sync;

import io.github.matrixsync.domain.filter.FilterSpec;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.store.ephemeral.PresenceState;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What not every {@code /sync} needs. Immutable; more options may be added.
 *
 * <p>Source: the parameters of {@code GET /sync}, Client-Server API v1.16.
 *
 * @since 0.1.0
 */
public final class SyncOptions {
  /** No device, no filter, increments only, state before the timeline, and the user is online. */
  public static final SyncOptions DEFAULT = new SyncOptions(
      Optional.empty(), FilterSpec.ALL, false, StateMode.BEFORE, Optional.of(PresenceState.ONLINE));

  private final Optional<DeviceId> device;
  private final FilterSpec filter;
  private final boolean fullState;
  private final StateMode stateMode;
  private final Optional<PresenceState> presence;

  private SyncOptions(
      Optional<DeviceId> device,
      FilterSpec filter,
      boolean fullState,
      StateMode stateMode,
      Optional<PresenceState> presence) {
    this.device = Objects.requireNonNull(device, "device");
    this.filter = Objects.requireNonNull(filter, "filter");
    this.fullState = fullState;
    this.stateMode = Objects.requireNonNull(stateMode, "state mode");
    this.presence = Objects.requireNonNull(presence, "presence");
  }

  /**
   * Returns the device that asks, which gets its to-device messages, its key counts and the transaction ids of its
   * events; empty: none of them.
   */
  public Optional<DeviceId> device() {
    return device;
  }

  /** Returns what of the answer the client wants. */
  public FilterSpec filter() {
    return filter;
  }

  /** Returns whether all rooms are given with all of their state, at once, also if nothing is new. */
  public boolean fullState() {
    return fullState;
  }

  /** Returns as of which moment rooms give state. */
  public StateMode stateMode() {
    return stateMode;
  }

  /** Returns the presence that the call sets for the device; empty: it leaves presence alone ({@code offline}). */
  public Optional<PresenceState> presence() {
    return presence;
  }

  /** Returns these options for a device. */
  public SyncOptions withDevice(DeviceId one) {
    Objects.requireNonNull(one, "device");
    return new SyncOptions(Optional.of(one), filter, fullState, stateMode, presence);
  }

  /** Returns these options with a filter. */
  public SyncOptions withFilter(FilterSpec other) {
    return new SyncOptions(device, other, fullState, stateMode, presence);
  }

  /** Returns these options with or without the full state of all rooms. */
  public SyncOptions withFullState(boolean full) {
    return new SyncOptions(device, filter, full, stateMode, presence);
  }

  /** Returns these options with state as of another moment. */
  public SyncOptions withStateMode(StateMode other) {
    return new SyncOptions(device, filter, fullState, other, presence);
  }

  /**
   * Returns these options with another presence.
   *
   * @param set the presence that the call sets; empty: none
   */
  public SyncOptions withPresence(Optional<PresenceState> set) {
    return new SyncOptions(device, filter, fullState, stateMode, set);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SyncOptions that
        && device.equals(that.device)
        && filter.equals(that.filter)
        && fullState == that.fullState
        && stateMode == that.stateMode
        && presence.equals(that.presence);
  }

  @Override
  public int hashCode() {
    return Objects.hash(device, filter, fullState, stateMode, presence);
  }

  @Override
  public String toString() {
    return "SyncOptions[device=" + device + ", filter=" + filter + ", fullState=" + fullState
        + ", stateMode=" + stateMode + ", presence=" + presence + "]";
  }
}
