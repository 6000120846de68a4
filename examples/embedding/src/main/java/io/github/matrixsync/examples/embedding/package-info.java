/** An example: the engine in a program and in a unit test. */
@NullMarked
package io.github.matrixsync.examples.embedding;

import org.jspecify.annotations.NullMarked;
