/** {@code MvcAdapter}: the HTTP edge on Spring MVC. */
@NullMarked
package io.github.matrixsync.examples.adapters.mvc;

import org.jspecify.annotations.NullMarked;
