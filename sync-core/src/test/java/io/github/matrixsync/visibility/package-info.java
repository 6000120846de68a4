/**
 * Who sees what, proved from the outside and twice: {@link io.github.matrixsync.visibility.VisibilityTableTest} has a
 * case for each row of the written tables in {@code who-sees-what.md};
 * {@link io.github.matrixsync.visibility.VisibilityOracleTest} holds all answers of an engine over random histories
 * against {@link io.github.matrixsync.visibility.Sentences}, which knows nothing of the engine.
 */
@NullMarked
package io.github.matrixsync.visibility;

import org.jspecify.annotations.NullMarked;
