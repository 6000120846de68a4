package io.github.matrixsync.internal.encoding;

/**
 * Where one event is among bytes, and where in it its content is: each from an offset, inclusive, to an offset,
 * exclusive.
 *
 * @param from where the event begins
 * @param contentFrom where its content begins
 * @param contentTo where its content ends
 * @param to where the event ends
 */
record EventSpan(int from, int contentFrom, int contentTo, int to) {}
