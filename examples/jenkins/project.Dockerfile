# This project's own build: the Jenkins plugin and the command line.
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp -Dquick -DskipTests package

FROM scratch AS artifacts
COPY --from=build /src/jenkins-plugin/target/buildkit.hpi /src/github-action/target/buildkit-ci.jar /
