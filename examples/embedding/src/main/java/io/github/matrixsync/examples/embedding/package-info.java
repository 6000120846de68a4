/** An example: {@code Embedding} runs the engine in a program, and its test runs it in a unit test. */
@NullMarked
package io.github.matrixsync.examples.embedding;

import org.jspecify.annotations.NullMarked;
