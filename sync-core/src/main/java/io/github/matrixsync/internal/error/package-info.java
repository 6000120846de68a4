/**
 * The errors that a caller may meet, as the engine makes them: {@code EngineErrors}. The types are in {@code call},
 * where they have no public constructors.
 */
@NullMarked
package io.github.matrixsync.internal.error;

import org.jspecify.annotations.NullMarked;
