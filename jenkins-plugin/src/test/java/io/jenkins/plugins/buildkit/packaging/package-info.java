/** Opens what {@code mvn package} made and looks at it as Jenkins does. */
@NullMarked
package io.jenkins.plugins.buildkit.packaging;

import org.jspecify.annotations.NullMarked;
