/** An example of a host with its own tables, which implements only the reads of the store contract. */
@NullMarked
package io.github.matrixsync.examples.ownstore;

import org.jspecify.annotations.NullMarked;
