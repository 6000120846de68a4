/** An example: a host with its own tables implements the reads alone. */
@NullMarked
package io.github.matrixsync.examples.ownstore;

import org.jspecify.annotations.NullMarked;
