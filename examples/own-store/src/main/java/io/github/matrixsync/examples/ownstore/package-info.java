/**
 * An example of a host with its own tables, which implements only the reads of the store contract: {@code HostTables}
 * are the tables, {@code HostEventStore} the reads of the engine over them, {@code RowReader} turns rows into events.
 */
@NullMarked
package io.github.matrixsync.examples.ownstore;

import org.jspecify.annotations.NullMarked;
