/**
 * Who sees what, proved from the outside: {@link io.github.matrixsync.visibility.VisibilityTableTest} has a case for each row of the written tables in {@code who-sees-what.md}.
 */
@NullMarked
package io.github.matrixsync.visibility;

import org.jspecify.annotations.NullMarked;
