package io.github.matrixsync.internal.encoding;

/**
 * The offsets of one event in bytes, and of its content: start offsets are inclusive, end offsets exclusive.
 *
 * @param from where the event begins
 * @param contentFrom where its content begins
 * @param contentTo where its content ends
 * @param to where the event ends
 */
record EventSpan(int from, int contentFrom, int contentTo, int to) {}
