# The process engine; --build-arg ENGINE=camunda builds the second one.
FROM maven:3.9.9-eclipse-temurin-17 AS build
ARG ENGINE=operaton
WORKDIR /engine
COPY engine/pom.xml ./
COPY engine/src ./src
RUN mvn -q -B -ntp -P ${ENGINE} package -DskipTests \
 && java -Djarmode=tools -jar target/engine-${ENGINE}.jar extract --destination /unpacked \
 && mv /unpacked/engine-${ENGINE}.jar /unpacked/engine.jar

FROM eclipse-temurin:17.0.15_6-jre
WORKDIR /engine
COPY --from=build /unpacked ./
ENV ENGINE_PORT=8080 SERVER_ADDRESS=0.0.0.0 JAVA_TOOL_OPTIONS=-XX:MaxRAMPercentage=70
USER 1000:1000
EXPOSE 8080
CMD ["java", "-jar", "engine.jar"]
