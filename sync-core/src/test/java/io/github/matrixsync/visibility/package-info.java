/**
 * Tests who sees what, through the public API, in two ways: {@link io.github.matrixsync.visibility.VisibilityTableTest}
 * has a case for each row of the written tables in {@code who-sees-what.md}; {@link
 * io.github.matrixsync.visibility.VisibilityOracleTest} compares all answers of an engine over random histories with
 * {@link io.github.matrixsync.visibility.SpecOracle}, which shares no code with the engine.
 */
@NullMarked
package io.github.matrixsync.visibility;

import org.jspecify.annotations.NullMarked;
