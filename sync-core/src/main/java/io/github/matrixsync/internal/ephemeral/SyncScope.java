package io.github.matrixsync.internal.ephemeral;

import io.github.matrixsync.domain.filter.FilterSpec;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import io.github.matrixsync.internal.membership.Reader;
import java.util.Set;

/**
 * The reader, the token range and the rooms of one answer of {@code /sync}. Immutable.
 *
 * @param reader who gets the answer
 * @param joined the rooms that the reader is joined to as of the end
 * @param range the tokens after which the answer begins, and at which it ends; the former is of zeros if the answer has
 *     everything
 * @param changes the joins and leaves in that range, and the rooms that the reader entered
 * @param filter what the client wants
 * @param isAgain whether a client that has something asks for everything
 */
// More than five parameters: each names one thing on which an answer depends.
public record SyncScope(
    Reader reader,
    Set<RoomId> joined,
    TokenRange range,
    JoinsAndLeaves changes,
    FilterSpec filter,
    boolean isAgain) {}
